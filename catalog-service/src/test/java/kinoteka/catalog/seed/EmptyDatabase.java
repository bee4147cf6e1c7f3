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
import kinoteka.catalog.seed.progress.ProgressReport;
import org.postgresql.core.BaseConnection;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A real server with one migrated, empty database, and a seeder's view of it. */
final class EmptyDatabase implements AutoCloseable {

    static final Library LIBRARY = new Library(7, Instant.parse("2026-11-01T00:00:00Z"));
    static final Volume VOLUME = new Volume(300, 500, 2_000);

    private final EmbeddedPostgres server;
    private final DatabaseSettings settings;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Connection connection;

    EmptyDatabase() throws IOException, SQLException {
        this.server = EmbeddedPostgres.builder().start();
        this.settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "kinoteka.catalog.database.hosts", "localhost:" + server.getPort(),
                        "kinoteka.catalog.database.name", "postgres",
                        "kinoteka.catalog.database.username", "postgres")))
                .bindOrCreate("kinoteka.catalog.database", DatabaseSettings.class);
        new Migrations(settings).migrate();
        this.connection = connect();
    }

    void seed() throws SQLException {
        new Seeder(connection, LIBRARY, VOLUME, progress()).seed();
    }

    TableLoad tables() throws SQLException {
        Ledger ledger = new Ledger(connection);
        ledger.createIfMissing();
        return new TableLoad(connection, ledger, progress(), LIBRARY.randomSeed());
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

    List<Integer> numbers(String sql) throws SQLException {
        return column(connection, sql).stream().map(Integer::valueOf).toList();
    }

    /** Every index and every constraint, as PostgreSQL would write them down. */
    List<String> structure() throws SQLException {
        return column(connection, """
                select indexdef from pg_indexes where schemaname = 'public' and tablename in ('movies', 'customers', 'sessions')
                union all
                select conrelid::regclass || ': ' || conname || ' ' || pg_get_constraintdef(oid)
                  from pg_constraint
                 where conrelid in ('movies'::regclass, 'customers'::regclass, 'sessions'::regclass)
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
