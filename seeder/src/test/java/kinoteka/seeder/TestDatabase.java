package kinoteka.seeder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kinoteka.schema.ConnectionSettings;
import kinoteka.schema.ConnectionSettings.MigrationRole;
import kinoteka.schema.Migrations;
import kinoteka.schema.TlsSettings;
import kinoteka.seeder.library.Library;
import kinoteka.seeder.load.Ledger;
import kinoteka.seeder.load.StepRunner;
import kinoteka.seeder.progress.ProgressReport;
import org.postgresql.core.BaseConnection;

/** An empty database on the real server that all tests of a run share, with a connection for a seeder. */
final class TestDatabase implements AutoCloseable {

    static final Library LIBRARY = Library.generate(7, Instant.parse("2026-11-01T00:00:00Z"));
    static final LibrarySize SIZE = new LibrarySize(300, 500, 2_000, 400, 100, 1_280, 1_000, 600);

    private static final EmbeddedPostgres SERVER = startServer();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String name = "test_" + DATABASES.incrementAndGet();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Connection connection;

    TestDatabase() throws SQLException {
        executeOnServer("create database " + name);
        this.connection = connect();
    }

    static TestDatabase migrated() throws SQLException {
        TestDatabase database = new TestDatabase();
        database.migrations().migrate();
        return database;
    }

    ConnectionSettings settings() {
        return new ConnectionSettings(
                List.of("localhost:" + SERVER.getPort()),
                name,
                "postgres",
                "",
                Duration.ofSeconds(1),
                new MigrationRole("", "", ""),
                new TlsSettings(TlsSettings.Mode.DISABLE, null));
    }

    Migrations migrations() {
        return new Migrations(settings().owner("kinoteka-test"), "postgres", Duration.ZERO);
    }

    void seed() throws SQLException {
        new Seeder(connection, LIBRARY, SIZE, progress()).seed();
    }

    StepRunner stepRunner() throws SQLException {
        Ledger ledger = new Ledger(connection);
        ledger.createIfMissing();
        return new StepRunner(connection, ledger, progress(), LIBRARY.randomSeed());
    }

    /** The output of the seeder. */
    String printed() {
        return printed.toString(UTF_8);
    }

    Connection connect() throws SQLException {
        return settings().owner("kinoteka-test").getConnection();
    }

    /** Ends the connection of the seeder from the side of the server. */
    void breakConnection() throws SQLException {
        int seeder = connection.unwrap(BaseConnection.class).getBackendPID();
        try (Connection other = connect()) {
            strings(other, "select pg_terminate_backend(" + seeder + ", 10000)");
        }
    }

    void reconnect() throws SQLException {
        connection = connect();
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the first column of the result. */
    List<Integer> numbers(String sql) throws SQLException {
        return strings(connection, sql).stream().map(Integer::valueOf).toList();
    }

    List<String> tables() throws SQLException {
        return strings(connection, """
                select tablename
                  from pg_tables
                 where schemaname = 'public' and tablename not in ('flyway_schema_history', 'seed_ledger')
                 order by 1
                """);
    }

    List<String> emptyTables() throws SQLException {
        List<String> empty = new ArrayList<>();
        for (String table : tables()) {
            if (numbers("select 1 from " + table + " limit 1").isEmpty()) {
                empty.add(table);
            }
        }
        return empty;
    }

    /** Returns the number of rows of each table. */
    List<Integer> counts() throws SQLException {
        List<Integer> counts = new ArrayList<>();
        for (String table : tables()) {
            counts.addAll(numbers("select count(*) from " + table));
        }
        return counts;
    }

    /** Returns a digest of the rows of each table. */
    List<String> contents() throws SQLException {
        List<String> contents = new ArrayList<>();
        for (String table : tables()) {
            for (String digest :
                    strings(connection, "select md5(string_agg(t::text, '|' order by t::text)) from " + table + " t")) {
                contents.add(table + " " + digest);
            }
        }
        return contents;
    }

    /** Returns the definitions of all indexes, constraints and triggers. */
    List<String> structure() throws SQLException {
        return strings(connection, """
                select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'seed_ledger'
                union all
                select conrelid::regclass || ': ' || conname || ' ' || pg_get_constraintdef(oid)
                  from pg_constraint
                 where connamespace = 'public'::regnamespace and conrelid <> coalesce(to_regclass('seed_ledger'), 0)
                union all
                select pg_get_triggerdef(oid) || ' ' || tgenabled::text from pg_trigger where not tgisinternal
                 order by 1
                """);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        executeOnServer("drop database " + name + " with (force)");
    }

    private ProgressReport progress() {
        return new ProgressReport(new PrintStream(printed, true, UTF_8), false, System::nanoTime);
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static void executeOnServer(String sql) throws SQLException {
        try (var connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static EmbeddedPostgres startServer() {
        try {
            return EmbeddedPostgres.builder()
                    .setLocaleConfig("locale", "C.UTF-8")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
