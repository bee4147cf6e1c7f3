package kinoteka.catalog.database.pool;

import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcRollbackException;

/** A transaction was being committed when its connection was lost: it may be committed, and it may not. */
public final class OutcomeUnknown extends R2dbcNonTransientResourceException {

    private static final long serialVersionUID = 1;
    private static final String ERROR = "ERROR";

    private OutcomeUnknown(Throwable failure) {
        super("It is unknown whether the transaction was committed.", failure);
    }

    /**
     * Returns the failure of a COMMIT as what it means. An error that leaves the connection open has rolled the transaction back. After
     * anything else, such as the end of the server's process, the transaction may be committed.
     */
    static Throwable ofCommit(Throwable failure) {
        var isRolledBack = failure instanceof R2dbcRollbackException
                || (failure instanceof PostgresqlException error
                        && ERROR.equals(error.getErrorDetails().getSeverityNonLocalized()));
        return isRolledBack ? failure : new OutcomeUnknown(failure);
    }
}
