package kinoteka.catalog.seed;

import java.io.Console;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kinoteka.catalog.database.DatabaseSettings;
import kinoteka.catalog.database.Migrations;
import kinoteka.catalog.seed.library.Library;
import kinoteka.catalog.seed.load.SeedRefused;
import kinoteka.catalog.seed.progress.ProgressReport;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * {@code java -jar catalog-service.jar seed}: migrates and fills the database that the service's own environment variables
 * name. {@code SEED_COUNT} is the number of sessions; {@code MIGRATION_VERSION} is where the migrations stop, and what the
 * schema does not have yet is left for a later run.
 */
public final class SeedCommand {

    private static final long RANDOM_SEED = 1895; // the year of the first film show
    private static final Instant AS_OF = Instant.parse("2026-11-01T00:00:00Z");

    private final PrintStream out;
    private final PrintStream err;
    private final ConfigurableEnvironment environment;

    SeedCommand(PrintStream out, PrintStream err, ConfigurableEnvironment environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /** Blocks until the library is there; what stops it is said in one line. Returns the exit code. */
    public static int run() {
        var environment = environment();
        quietLogs(environment);
        return new SeedCommand(System.out, System.err, environment).seed();
    }

    /** With all that the service itself would be set up by: variables, {@code application.yaml}, secrets in files. */
    static ConfigurableEnvironment environment() {
        ConfigurableEnvironment environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    /** Returns the exit code. */
    int seed() {
        try {
            String sessions = environment.getProperty("SEED_COUNT");
            Volume volume = sessions == null ? Volume.FULL : Volume.ofSessions(sessions);
            seed(settings(), volume);
            return 0;
        } catch (SeedRefused e) {
            err.println(e.getMessage());
        } catch (BindException e) {
            err.println(e.getMessage() + ": " + firstLine(root(e)));
        } catch (FlywayException | SQLException e) {
            err.println("the database could not be seeded: " + firstLine(sqlIn(e)));
        }
        return 1;
    }

    private void seed(DatabaseSettings settings, Volume volume) throws SQLException {
        out.println("seeding %s at %s".formatted(settings.name(), String.join(", ", settings.hosts())));
        // Before the migrations, which would wait for a database that does not answer.
        try (Connection connection =
                DriverManager.getConnection(settings.jdbcUrl(), settings.username(), settings.password())) {
            migrate(new Migrations(settings));
            Library library = Library.of(RANDOM_SEED, AS_OF);
            new Seeder(connection, library, volume, new ProgressReport(out, onTerminal(), System::nanoTime)).seed();
        }
    }

    private void migrate(Migrations migrations) {
        String version = environment.getProperty("MIGRATION_VERSION", "");
        if (version.isEmpty()) {
            migrations.migrate();
            return;
        }
        List<String> known = migrations.versions();
        if (!known.contains(version)) {
            throw new SeedRefused(
                    "MIGRATION_VERSION: " + version + " (expected: one of " + String.join(", ", known) + ")");
        }
        migrations.migrateTo(version);
    }

    private DatabaseSettings settings() {
        return Binder.get(environment).bindOrCreate("kinoteka.catalog.database", DatabaseSettings.class);
    }

    private static void quietLogs(ConfigurableEnvironment environment) {
        LoggingSystem logging = LoggingSystem.get(SeedCommand.class.getClassLoader());
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(environment), null, null);
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
    }

    private static boolean onTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** What PostgreSQL or its driver said, without what was wrapped around it. */
    private static Throwable sqlIn(Throwable failure) {
        return failure instanceof SQLException || failure.getCause() == null ? failure : sqlIn(failure.getCause());
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
