package kinoteka.catalog.database;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes why the schema could not be migrated, without a stack trace. */
class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<FlywayException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FlywayException cause) {
        return new FailureAnalysis(
                "The database schema could not be migrated.\n" + reason(cause),
                "Check kinoteka.catalog.database.hosts, .name, .username, .password and .tls. If the message names a migration,"
                        + " the schema and this version of the catalogue do not belong together.",
                cause);
    }

    /** One line for a failed connection, whose message Flyway repeats in a table. */
    private static String reason(FlywayException failure) {
        var message = String.valueOf(failure.getMessage());
        return cannotConnect(failure) ? message.lines().findFirst().orElse(message) : message;
    }

    /** Class 08 of SQLSTATE is a failed connection, class 28 a rejected user. */
    private static boolean cannotConnect(FlywayException failure) {
        return failure.getCause() instanceof SQLException e
                && e.getSQLState() != null
                && (e.getSQLState().startsWith("08") || e.getSQLState().startsWith("28"));
    }
}
