package kinoteka.catalog.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kinoteka.catalog.database.DatabaseSettings;
import kinoteka.catalog.database.Migrations;
import kinoteka.catalog.seed.library.Library;
import kinoteka.catalog.seed.load.Ledger;
import kinoteka.catalog.seed.load.Loader;
import kinoteka.catalog.seed.progress.ProgressReport;
import org.postgresql.core.BaseConnection;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A real server with one empty database, and a seeder's view of it. */
final class EmptyDatabase implements AutoCloseable {

    static final Library LIBRARY = Library.of(7, Instant.parse("2026-11-01T00:00:00Z"));
    static final Volume VOLUME = new Volume(300, 500, 2_000, 400, 100, 1_280, 1_000, 600);

    private final EmbeddedPostgres server;
    private final DatabaseSettings settings;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Connection connection;

    EmptyDatabase() throws IOException, SQLException {
        this.server = EmbeddedPostgres.builder().start();
        this.settings = new Binder(new MapConfigurationPropertySource(address()))
                .bindOrCreate("kinoteka.catalog.database", DatabaseSettings.class);
        this.connection = connect();
    }

    static EmptyDatabase migrated() throws IOException, SQLException {
        EmptyDatabase database = new EmptyDatabase();
        database.migrations().migrate();
        return database;
    }

    /** Where it is, as the settings name it. */
    Map<String, String> address() {
        return Map.of(
                "kinoteka.catalog.database.hosts", "localhost:" + server.getPort(),
                "kinoteka.catalog.database.name", "postgres",
                "kinoteka.catalog.database.username", "postgres");
    }

    Migrations migrations() {
        return new Migrations(settings);
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
        return DriverManager.getConnection(settings.jdbcUrl(), settings.username(), settings.password());
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
