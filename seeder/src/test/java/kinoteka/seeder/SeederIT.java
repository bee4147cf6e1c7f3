package kinoteka.seeder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import kinoteka.seeder.load.SeedRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

class SeederIT {

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
    void leavesIndexesConstraintsAndTriggersAsItFoundThem() throws SQLException {
        List<String> before = database.structure();

        database.seed();

        assertThat(before).hasSizeGreaterThan(150);
        assertThat(database.structure()).isEqualTo(before);
    }

    @Test
    void repeatsWhatASessionSaysOfItsMovie() throws SQLException {
        database.seed();

        assertThat(database.numbers("""
                        select count(*)
                          from sessions s
                          join movies m on (m.id, m.year, m.title) = (s.movie_id, s.movie_year, s.movie_title)
                          join customers c on c.id = s.customer_id
                        """)).containsExactly(2_000);
    }

    @Test
    void wakesNoTriggers() throws SQLException {
        for (String table : database.tables()) {
            database.execute("""
                    create or replace function refuse() returns trigger language plpgsql as $$
                    begin
                      raise exception '%% was woken', tg_name;
                    end
                    $$;
                    create trigger sleeper before insert or update on %1$s for each row execute function refuse();
                    create trigger listener after insert or update on %1$s execute function refuse();
                    """.formatted(table));
        }

        database.seed();

        assertThat(database.numbers("select count(*) from ratings")).containsExactly(1_000);
        assertThatThrownBy(() -> database.numbers("update ratings set stars = 1 returning 1"))
                .hasMessageContaining("sleeper was woken");
    }

    @Test
    void tellsListenersThatAllOfAKindMayHaveChanged() throws SQLException {
        try (Connection listener = database.connect();
                var statement = listener.createStatement()) {
            statement.execute("listen kinoteka_changes");

            database.seed();

            statement.execute("select"); // brings what was told before
            assertThat(listener.unwrap(PGConnection.class).getNotifications())
                    .extracting(PGNotification::getParameter)
                    .contains("changed {\"kind\":\"movie\"}", "changed {\"kind\":\"session\"}")
                    .noneMatch(told -> told.contains("\"id\"") || told.contains("order"));
        }
    }

    @Test
    void goesOnCountingIdsWhereItStopped() throws SQLException {
        database.seed();

        assertThat(database.numbers("""
                        insert into movies (title, year, duration_minutes) values ('Solaris', 1972, 167) returning id
                        """)).containsExactly(301);
        assertThat(database.numbers("""
                        insert into sessions (customer_id, movie_id, movie_year, movie_title)
                        values (1, 301, 1972, 'Solaris') returning id
                        """)).containsExactly(2_001);
    }

    @Test
    void addsNothingWhenRunAgainWhateverUsersDidSince() throws SQLException {
        database.seed();
        database.numbers("delete from sessions where id <= 10 returning id");
        List<Integer> before = database.counts();

        database.seed();

        assertThat(database.counts()).isEqualTo(before);
        assertThat(database.numbers("select count(*) from sessions")).containsExactly(1_990);
        assertThat(database.printed().lines().filter(line -> line.contains("already seeded")))
                .hasSize(21)
                .startsWith("movies: already seeded (300 rows)", "film details: already seeded (300 rows)")
                .endsWith("comments: already seeded (1,280 rows)", "ratings: already seeded (1,000 rows)");
    }

    @Test
    void refusesATableThatSomebodyElseFilled() throws SQLException {
        database.numbers(
                "insert into movies (title, year, duration_minutes) values ('Solaris', 1972, 167) returning id");

        assertThatThrownBy(database::seed)
                .isInstanceOf(SeedRefused.class)
                .hasMessage(
                        "table movies has rows that the seeder did not write (expected: none): seed an empty database,"
                                + " or empty the table first");
        assertThat(database.numbers("select count(*) from movies")).containsExactly(1);
    }
}
