package kinoteka.catalog.database.pool;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.jspecify.annotations.Nullable;

/** Failures that mean that another server, or a new connection, has to do the work. */
public final class ServerLoss {

    private ServerLoss() {}

    /**
     * Whether a server was lost and the work was certainly not done, so that it can be done again. A transaction that was not being
     * committed is rolled back when its connection ends.
     */
    public static boolean isCauseOf(Throwable failure) {
        var isLoss = false;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutcomeUnknown || cause instanceof ConnectionUnavailable) {
                return false;
            }
            if (cause instanceof R2dbcException error) {
                @Nullable String state = error.getSqlState();
                isLoss |= state == null ? error instanceof R2dbcNonTransientResourceException : isServerLoss(state);
            }
        }
        return isLoss;
    }

    /** Whether a server that is not the primary rejected a write. */
    public static boolean isReadOnly(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException error && "25006".equals(error.getSqlState())) {
                return true;
            }
        }
        return false;
    }

    /** A server that only reads, that shuts down, has crashed or is starting, and failures of connections. */
    private static boolean isServerLoss(String sqlState) {
        return switch (sqlState) {
            case "25006", "57P01", "57P02", "57P03" -> true;
            default -> sqlState.startsWith("08");
        };
    }
}
