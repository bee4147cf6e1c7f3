package kinoteka.seeder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import kinoteka.seeder.load.SeedingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

class SeederIT {

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
    void restoresIndexesConstraintsAndTriggers() throws SQLException {
        List<String> before = database.structure();

        database.seed();

        assertThat(before).hasSizeGreaterThan(150);
        assertThat(database.structure()).isEqualTo(before);
    }

    @Test
    void repeatsTheYearAndTheTitleOfTheMovieInItsSessions() throws SQLException {
        database.seed();

        assertThat(database.numbers("""
                        select count(*)
                          from sessions s
                          join movies m on (m.id, m.year, m.title) = (s.movie_id, s.movie_year, s.movie_title)
                          join customers c on c.id = s.customer_id
                        """)).containsExactly(2_000);
    }

    @Test
    void firesNoTriggers() throws SQLException {
        for (String table : database.tables()) {
            database.execute("""
                    create or replace function fail() returns trigger language plpgsql as $$
                    begin
                      raise exception '%% was fired', tg_name;
                    end
                    $$;
                    create trigger test_before before insert or update on %1$s for each row execute function fail();
                    create trigger test_after after insert or update on %1$s execute function fail();
                    """.formatted(table));
        }

        database.seed();

        assertThat(database.numbers("select count(*) from ratings")).containsExactly(1_000);
        assertThatThrownBy(() -> database.numbers("update ratings set stars = 1 returning 1"))
                .hasMessageContaining("test_before was fired");
    }

    @Test
    void notifiesListenersOncePerTable() throws SQLException {
        try (Connection listener = database.connect();
                var statement = listener.createStatement()) {
            statement.execute("listen kinoteka_changes");

            database.seed();

            statement.execute("select"); // receives the notifications
            assertThat(listener.unwrap(PGConnection.class).getNotifications())
                    .extracting(PGNotification::getParameter)
                    .contains("changed {\"kind\":\"movie\"}", "changed {\"kind\":\"session\"}")
                    .noneMatch(event -> event.contains("\"id\"") || event.contains("order"));
        }
    }

    @Test
    void continuesTheIdsOfNewRows() throws SQLException {
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
    void addsNothingInASecondRunEvenIfUsersHaveDeletedRows() throws SQLException {
        database.seed();
        database.numbers("delete from sessions where id <= 10 returning id");
        List<Integer> before = database.counts();

        database.seed();

        assertThat(database.counts()).isEqualTo(before);
        assertThat(database.numbers("select count(*) from sessions")).containsExactly(1_990);
        assertThat(database.printed().lines().filter(line -> line.contains("already seeded")))
                .hasSize(19)
                .startsWith("movies: already seeded (300 rows)", "customers: already seeded (500 rows)")
                .endsWith("comments: already seeded (1,280 rows)", "ratings: already seeded (1,000 rows)");
    }

    @Test
    void rejectsATableWithRowsThatItDidNotWrite() throws SQLException {
        database.numbers(
                "insert into movies (title, year, duration_minutes) values ('Solaris', 1972, 167) returning id");

        assertThatThrownBy(database::seed)
                .isInstanceOf(SeedingException.class)
                .hasMessage(
                        "table movies has rows that the seeder did not write (expected: none): seed an empty database,"
                                + " or empty the table first");
        assertThat(database.numbers("select count(*) from movies")).containsExactly(1);
    }
}
