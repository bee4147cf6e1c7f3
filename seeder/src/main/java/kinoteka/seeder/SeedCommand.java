package kinoteka.seeder;

import java.io.Console;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import kinoteka.schema.ConnectionSettings;
import kinoteka.schema.Migrations;
import kinoteka.seeder.library.Library;
import kinoteka.seeder.load.SeedingException;
import kinoteka.seeder.progress.ProgressReport;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Migrates a database and fills it. {@code SEED_COUNT} is the number of sessions; with 0 the tables stay
 * as they are. {@code MIGRATION_VERSION} is the version at which the migrations stop; a later run with a newer version fills the
 * tables that are missing in it.
 */
final class SeedCommand {

    private static final long RANDOM_SEED = 1895; // the year of the first film show
    private static final Instant AS_OF = Instant.parse("2026-11-01T00:00:00Z");

    private final PrintStream out;
    private final PrintStream err;
    private final Environment environment;

    SeedCommand(PrintStream out, PrintStream err, Environment environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /** Blocks until the database is seeded. Prints an error as one line. Returns the exit code. */
    int run() {
        try {
            migrateAndFill(settings(), size());
            return 0;
        } catch (SeedingException e) {
            err.println(e.getMessage());
        } catch (BindException e) {
            err.println(e.getMessage() + ": " + firstLine(rootCause(e)));
        } catch (FlywayException | SQLException e) {
            err.println("the database could not be seeded: " + firstLine(sqlCause(e)));
        }
        return 1;
    }

    /** Fills nothing without a size. */
    private void migrateAndFill(ConnectionSettings settings, Optional<LibrarySize> size) throws SQLException {
        String work = size.isPresent() ? "seeding" : "migrating";
        out.println("%s %s at %s".formatted(work, settings.name(), String.join(", ", settings.hosts())));
        DataSource database = settings.owner("kinoteka-seeder");
        // Connects before it migrates, so that a wrong address fails at once and with the driver's own message.
        try (Connection connection = database.getConnection()) {
            migrate(new Migrations(database, settings.serviceRole(), Duration.ZERO));
            if (size.isPresent()) {
                fill(connection, size.get());
            }
        }
    }

    private void fill(Connection connection, LibrarySize size) throws SQLException {
        Library library = Library.generate(RANDOM_SEED, AS_OF);
        new Seeder(connection, library, size, new ProgressReport(out, isTerminal(), System::nanoTime)).seed();
    }

    private Optional<LibrarySize> size() {
        String sessions = environment.getProperty("SEED_COUNT");
        if (sessions == null) {
            return Optional.of(LibrarySize.FULL);
        }
        return sessions.equals("0") ? Optional.empty() : Optional.of(LibrarySize.forSessions(sessions));
    }

    private void migrate(Migrations migrations) {
        String version = environment.getProperty("MIGRATION_VERSION", "");
        if (version.isEmpty()) {
            migrations.migrate();
            return;
        }
        List<String> known = migrations.versions();
        if (!known.contains(version)) {
            throw new SeedingException(
                    "MIGRATION_VERSION: " + version + " (expected: one of " + String.join(", ", known) + ")");
        }
        migrations.migrateTo(version);
    }

    private ConnectionSettings settings() {
        return Binder.get(environment).bindOrCreate(ConnectionSettings.PREFIX, ConnectionSettings.class);
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** The exception of PostgreSQL or its driver, without the exceptions that wrap it. */
    private static Throwable sqlCause(Throwable failure) {
        return failure instanceof SQLException || failure.getCause() == null ? failure : sqlCause(failure.getCause());
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
