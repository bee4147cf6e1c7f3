package kinoteka.seeder;

import static kinoteka.seeder.EmptyDatabase.LIBRARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import kinoteka.seeder.library.viewer.Heading;
import kinoteka.seeder.load.Completion;
import kinoteka.seeder.load.Fill;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a seeder leaves behind that was broken off, and what the next one makes of it. */
class BrokenSeedIT {

    private EmptyDatabase database;

    @BeforeEach
    void start() throws IOException, SQLException {
        database = EmptyDatabase.migrated();
    }

    @AfterEach
    void stop() throws IOException, SQLException {
        database.close();
    }

    @Test
    void leavesNothingBehindWhenItsConnectionBreaksAndCanBeRepeated() throws SQLException {
        List<String> before = database.structure();
        Rows breaking = breakingAt(250, LIBRARY.films().movies(300));

        assertThatThrownBy(() -> database.loader().take(new Fill("movies", () -> breaking)))
                .isInstanceOf(SQLException.class);
        database.reconnect();

        assertThat(database.structure()).isEqualTo(before);
        assertThat(database.numbers("select count(*) from movies")).containsExactly(0);
        database.seed();
        assertThat(database.numbers("select count(*) from movies")).containsExactly(300);
    }

    @Test
    void putsIndexesAndKeysBackWhenOneOfThemCannotBeBuilt() throws SQLException {
        List<String> before = database.structure();
        Rows ofNobody = LIBRARY.viewers().sessions(List.of(new Heading(1, 1979, "Сталкер")), new long[] {1}, 300);

        assertThatThrownBy(() -> database.loader().take(new Fill("sessions", () -> ofNobody)))
                .hasMessageContaining("session_customer_exists");

        assertThat(database.structure()).isEqualTo(before);
        database.seed();
        assertThat(database.numbers("select count(*) from sessions")).containsExactly(2_000);
    }

    @Test
    void takesBackATableWhoseConsequencesFail() throws SQLException {
        database.seed();
        database.numbers("delete from seed_ledger where table_name = 'ratings' returning 1");
        database.numbers("delete from ratings returning 1");
        List<String> before = database.structure();
        Rows ratings = LIBRARY.talk().ratings(new long[] {1, 2}, new long[] {1, 2}, new long[] {1}, 4);
        Fill failing = new Fill(
                "ratings",
                () -> ratings,
                List.of(new Fill.Consequence("movies", "update movies set rating_sum = 1 / 0")));

        assertThatThrownBy(() -> database.loader().take(failing)).hasMessageContaining("division by zero");

        assertThat(database.structure()).isEqualTo(before);
        assertThat(database.numbers("select count(*) from ratings")).containsExactly(0);
        database.seed();
        assertThat(database.numbers("select sum(rating_count) from movies")).containsExactly(900);
    }

    @Test
    void leavesRowsIncompleteWhenItsConnectionBreaksAndCompletesThemLater() throws SQLException {
        database.loader().take(new Fill("movies", () -> LIBRARY.films().movies(300)));
        List<String> before = database.structure();
        Rows breaking = breakingAt(250, LIBRARY.films().details(300));

        assertThatThrownBy(() -> database.loader()
                        .take(new Completion("film details", "movies", "synopsis", () -> breaking, "select 1")))
                .isInstanceOf(SQLException.class);
        database.reconnect();

        assertThat(database.structure()).isEqualTo(before);
        assertThat(database.numbers("select count(country) from movies")).containsExactly(0);
        database.seed();
        assertThat(database.numbers("select count(country) from movies")).containsExactly(300);
    }

    @Test
    void makesSessionsOfTheMoviesThatThereAreAfterABrokenRunOfAnotherSize() throws SQLException {
        database.loader().take(new Fill("movies", () -> LIBRARY.films().movies(20)));

        database.seed();

        assertThat(database.numbers("select count(*) from movies")).containsExactly(20);
        assertThat(database.numbers("select count(*) from sessions")).containsExactly(2_000);
    }

    @Test
    void waitsForAnotherSeederAndGoesOnWhenThatOneIsGone() throws Exception {
        try (var seeders = Executors.newSingleThreadExecutor()) {
            Future<?> waiting;
            try (Connection other = database.connect();
                    var statement = other.createStatement()) {
                statement.execute("select pg_advisory_lock(" + Seeder.ADVISORY_LOCK + ")");
                waiting = seeders.submit(() -> {
                    database.seed();
                    return null;
                });
                await().until(() ->
                        database.printed().equals("another seeder is at work in this database: waiting for it\n"));
            }
            waiting.get(30, TimeUnit.SECONDS);
        }
        assertThat(database.numbers("select count(*) from sessions")).containsExactly(2_000);
    }

    /** Rows during which the connection breaks. */
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
