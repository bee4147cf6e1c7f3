package kinoteka.catalog.database;

import io.r2dbc.postgresql.api.PostgresqlException;

/** What the database refused. */
public final class Constraints {

    private Constraints() {}

    /** Whether a statement failed because it would have broken the constraint of this name. */
    public static boolean isViolated(String name, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PostgresqlException refused) {
                return refused.getErrorDetails()
                        .getConstraintName()
                        .filter(name::equals)
                        .isPresent();
            }
        }
        return false;
    }
}
