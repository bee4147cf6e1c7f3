package kinoteka.catalog.database;

import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the schema could not be migrated instead of where in the code that came up. */
class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<FlywayException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FlywayException cause) {
        return new FailureAnalysis(
                "The database schema could not be migrated.\n" + cause.getMessage(),
                "Check kinoteka.catalog.database.hosts, .name, .username and .password. If the message names a migration,"
                        + " the schema and this version of the catalogue do not belong together.",
                cause);
    }
}
