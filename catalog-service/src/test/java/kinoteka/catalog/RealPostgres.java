package kinoteka.catalog;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One real PostgreSQL for all tests of a run; contexts that name this initializer use it and accept the development key. As in
 * production, the service connects as a role that does not own the schema.
 */
public final class RealPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String SERVICE_ROLE = "kinoteka_service";
    private static final EmbeddedPostgres SERVER = start();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "kinoteka.catalog.database.hosts=localhost:" + SERVER.getPort(),
                        "kinoteka.catalog.database.name=postgres",
                        "kinoteka.catalog.database.username=" + SERVICE_ROLE,
                        "kinoteka.catalog.database.migration.username=postgres",
                        "kinoteka.catalog.security.development=true")
                .applyTo(context);
    }

    /** For what a test does or looks at behind the service's back. */
    public static Connection connection() throws SQLException {
        return DriverManager.getConnection(SERVER.getJdbcUrl("postgres", "postgres"));
    }

    /** The first column of the only row. */
    public static String ask(String sql, @Nullable Object... parameters) throws SQLException {
        try (var connection = connection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static EmbeddedPostgres start() {
        try {
            var server = EmbeddedPostgres.start();
            try (var connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                    var statement = connection.createStatement()) {
                statement.execute("create role " + SERVICE_ROLE + " login");
            }
            return server;
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }
}
