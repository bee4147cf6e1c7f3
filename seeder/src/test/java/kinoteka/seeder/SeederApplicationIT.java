package kinoteka.seeder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrating and seeding, for every version of the schema. */
class SeederApplicationIT {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private TestDatabase database;

    @BeforeEach
    void start() throws SQLException {
        database = new TestDatabase();
    }

    @AfterEach
    void stop() throws SQLException {
        database.close();
    }

    @Test
    void fillsInARunPerVersionTheSameRowsAsInOneRun() throws SQLException {
        for (String version : database.migrations().versions()) {
            assertThat(seed(version)).isZero();
            assertThat(database.emptyTables()).isSubsetOf("idempotency_keys");
        }
        List<String> inManyRuns = database.contents();

        stop();
        start();
        assertThat(seed("")).isZero();

        assertThat(database.contents()).isEqualTo(inManyRuns).hasSizeGreaterThanOrEqualTo(19);
    }

    @Test
    void fillsOnlyTheTablesOfTheVersion() throws SQLException {
        assertThat(seed("3")).isZero();

        assertThat(database.tables()).containsExactly("customers", "movies", "sessions");
        assertThat(database.counts()).containsExactly(3_162, 184, 200);
    }

    @Test
    void migratesOnlyWithoutSessions() throws SQLException {
        assertThat(seed("3", 0)).isZero();

        assertThat(database.tables()).containsExactly("customers", "movies", "sessions");
        assertThat(database.counts()).containsExactly(0, 0, 0);
        assertThat(printed.toString(UTF_8)).startsWith("migrating ").hasLineCount(1);
    }

    @Test
    void refersToTheRowsThatUsersWroteBetweenTwoRuns() throws SQLException {
        seed("3");
        database.numbers("update movies set synopsis = 'Зона' where id = 1 returning 1");
        database.numbers(
                "insert into movies (title, year, duration_minutes) values ('Solaris', 1972, 167) returning 1");
        database.numbers("delete from sessions where movie_id = 2 returning 1");
        database.numbers("delete from movies where id = 2 returning 1");

        assertThat(seed("")).isZero();

        assertThat(database.numbers("select count(*) from movies where synopsis = 'Зона'"))
                .containsExactly(1);
        assertThat(database.numbers("select count(*) from movies")).containsExactly(184);
        assertThat(database.numbers("select count(distinct movie_id) from movie_staff"))
                .containsExactly(184);
    }

    @Test
    void doesNotMigrateToAnOlderVersion() throws SQLException {
        database.migrations().migrate();
        List<String> tables = database.tables();

        assertThat(seed("3")).isZero();

        assertThat(database.tables()).isEqualTo(tables);
        assertThat(database.numbers("select count(*) from ratings").getFirst()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "999", "03", " 3", "abc"})
    void rejectsAnUnknownVersionInOneLineAndDoesNothing(String version) throws SQLException {
        assertThat(seed(version)).isOne();

        assertThat(errors.toString(UTF_8))
                .startsWith("MIGRATION_VERSION: " + version + " (expected: one of 1, 2, 3, 4, ")
                .endsWith(")\n")
                .hasLineCount(1);
        assertThat(database.tables()).isEmpty();
    }

    private int seed(String version) {
        return seed(version, 200);
    }

    private int seed(String version, int sessions) {
        return SeederApplication.run(
                new PrintStream(printed, true, UTF_8),
                new PrintStream(errors, true, UTF_8),
                "--kinoteka.catalog.database.hosts="
                        + String.join(",", database.settings().hosts()),
                "--kinoteka.catalog.database.name=" + database.settings().name(),
                "--kinoteka.catalog.database.username=" + database.settings().username(),
                "--SEED_COUNT=" + sessions,
                "--MIGRATION_VERSION=" + version);
    }
}
