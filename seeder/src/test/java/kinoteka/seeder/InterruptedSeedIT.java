package kinoteka.seeder;

import static kinoteka.seeder.TestDatabase.LIBRARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import kinoteka.seeder.library.customer.MovieSummary;
import kinoteka.seeder.load.Step;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state of the database after an interrupted run, and the run that completes it. */
class InterruptedSeedIT {

    private TestDatabase database;

    @BeforeEach
    void start() throws SQLException {
        database = TestDatabase.migrated();
    }

    @AfterEach
    void stop() throws SQLException {
        database.close();
    }

    @Test
    void leavesATableEmptyWhenItsConnectionBreaksAndFillsItInTheNextRun() throws SQLException {
        List<String> before = database.structure();
        Rows breaking = breakingAt(250, LIBRARY.films().movies(300));

        assertThatThrownBy(() -> database.stepRunner().run(new Step("movies", () -> breaking)))
                .isInstanceOf(SQLException.class);
        database.reconnect();

        assertThat(database.structure()).isEqualTo(before);
        assertThat(database.numbers("select count(*) from movies")).containsExactly(0);
        database.seed();
        assertThat(database.numbers("select count(*) from movies")).containsExactly(300);
    }

    @Test
    void restoresIndexesAndForeignKeysWhenOneOfThemCannotBeCreated() throws SQLException {
        List<String> before = database.structure();
        Rows withoutCustomers =
                LIBRARY.customers().sessions(List.of(new MovieSummary(1, 1979, "Сталкер")), new long[] {1}, 300);

        assertThatThrownBy(() -> database.stepRunner().run(new Step("sessions", () -> withoutCustomers)))
                .hasMessageContaining("session_customer_exists");

        assertThat(database.structure()).isEqualTo(before);
        database.seed();
        assertThat(database.numbers("select count(*) from sessions")).containsExactly(2_000);
    }

    @Test
    void leavesATableEmptyWhenADerivedUpdateFails() throws SQLException {
        database.seed();
        database.numbers("delete from seed_ledger where table_name = 'ratings' returning 1");
        database.numbers("delete from ratings returning 1");
        List<String> before = database.structure();
        Rows ratings = LIBRARY.discussion().ratings(new long[] {1, 2}, new long[] {1, 2}, new long[] {1}, 4);
        Step failing = new Step(
                "ratings",
                () -> ratings,
                List.of(new Step.DerivedUpdate("movies", "update movies set rating_sum = 1 / 0")));

        assertThatThrownBy(() -> database.stepRunner().run(failing)).hasMessageContaining("division by zero");

        assertThat(database.structure()).isEqualTo(before);
        assertThat(database.numbers("select count(*) from ratings")).containsExactly(0);
        database.seed();
        assertThat(database.numbers("select sum(rating_count) from movies")).containsExactly(900);
    }

    @Test
    void refersToTheExistingMoviesAfterAnInterruptedRunOfAnotherSize() throws SQLException {
        database.stepRunner().run(new Step("movies", () -> LIBRARY.films().movies(20)));

        database.seed();

        assertThat(database.numbers("select count(*) from movies")).containsExactly(20);
        assertThat(database.numbers("select count(*) from sessions")).containsExactly(2_000);
    }

    @Test
    void waitsForAnotherSeederAndContinuesWhenThatOneHasEnded() throws Exception {
        try (var seeders = Executors.newSingleThreadExecutor()) {
            Future<?> waiting;
            try (Connection other = database.connect();
                    var statement = other.createStatement()) {
                statement.execute("select pg_advisory_lock(" + Seeder.ADVISORY_LOCK + ")");
                waiting = seeders.submit(() -> {
                    database.seed();
                    return null;
                });
                await().until(() -> database.printed()
                        .equals("another seeder is running in this database: waiting until it ends\n"));
            }
            waiting.get(30, TimeUnit.SECONDS);
        }
        assertThat(database.numbers("select count(*) from sessions")).containsExactly(2_000);
    }

    /** Returns the rows; the connection breaks while this one is written. */
    private Rows breakingAt(long row, Rows rows) {
        return new Rows() {
            @Override
            public String columns() {
                return rows.columns();
            }

            @Override
            public int count() {
                return rows.count();
            }

            @Override
            public void write(long id, CopyText text) {
                rows.write(id, text);
                if (id == row) {
                    try {
                        database.breakConnection();
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        };
    }
}
