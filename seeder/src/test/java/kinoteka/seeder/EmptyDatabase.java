package kinoteka.seeder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kinoteka.schema.ConnectionSettings;
import kinoteka.schema.Migrations;
import kinoteka.seeder.library.Library;
import kinoteka.seeder.load.Ledger;
import kinoteka.seeder.load.Loader;
import kinoteka.seeder.progress.ProgressReport;
import org.postgresql.core.BaseConnection;

/** A real server with one empty database, and a seeder's view of it. */
final class EmptyDatabase implements AutoCloseable {

    static final Library LIBRARY = Library.of(7, Instant.parse("2026-11-01T00:00:00Z"));
    static final Volume VOLUME = new Volume(300, 500, 2_000, 400, 100, 1_280, 1_000, 600);

    private final EmbeddedPostgres server;
    private final ConnectionSettings settings;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Connection connection;

    EmptyDatabase() throws IOException, SQLException {
        this.server = EmbeddedPostgres.builder().start();
        this.settings = new ConnectionSettings(
                List.of("localhost:" + server.getPort()), "postgres", "postgres", "", Duration.ofSeconds(1));
        this.connection = connect();
    }

    static EmptyDatabase migrated() throws IOException, SQLException {
        EmptyDatabase database = new EmptyDatabase();
        database.migrations().migrate();
        return database;
    }

    /** The settings by which a program finds it. */
    ConnectionSettings settings() {
        return settings;
    }

    Migrations migrations() {
        return new Migrations(settings.jdbc("test"), Duration.ZERO);
    }

    void seed() throws SQLException {
        new Seeder(connection, LIBRARY, VOLUME, progress()).seed();
    }

    Loader loader() throws SQLException {
        Ledger ledger = new Ledger(connection);
        ledger.createIfMissing();
        return new Loader(connection, ledger, progress(), LIBRARY.randomSeed());
    }

    Holdings holdings() {
        return new Holdings(connection);
    }

    String printed() {
        return printed.toString(UTF_8);
    }

    Connection connect() throws SQLException {
        return settings.jdbc("test").getConnection();
    }

    /** As if the server had gone away under the seeder. */
    void breakConnection() throws SQLException {
        int seeder = connection.unwrap(BaseConnection.class).getBackendPID();
        try (Connection other = connect()) {
            column(other, "select pg_terminate_backend(" + seeder + ", 10000)");
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

    List<Integer> numbers(String sql) throws SQLException {
        return column(connection, sql).stream().map(Integer::valueOf).toList();
    }

    List<String> tables() throws SQLException {
        return column(connection, """
                select tablename
                  from pg_tables
                 where schemaname = 'public' and tablename not in ('flyway_schema_history', 'seed_ledger')
                 order by 1
                """);
    }

    /** The rows of every table. */
    List<Integer> counts() throws SQLException {
        List<Integer> counts = new ArrayList<>();
        for (String table : tables()) {
            counts.addAll(numbers("select count(*) from " + table));
        }
        return counts;
    }

    /** What every table holds, in a form to compare. */
    List<String> contents() throws SQLException {
        List<String> contents = new ArrayList<>();
        for (String table : tables()) {
            for (String digest :
                    column(connection, "select md5(string_agg(t::text, '|' order by t::text)) from " + table + " t")) {
                contents.add(table + " " + digest);
            }
        }
        return contents;
    }

    /** Every index, constraint and trigger, as PostgreSQL would write them down. */
    List<String> structure() throws SQLException {
        return column(connection, """
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
    public void close() throws IOException, SQLException {
        connection.close();
        server.close();
    }

    private ProgressReport progress() {
        return new ProgressReport(new PrintStream(printed, true, UTF_8), false, System::nanoTime);
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
