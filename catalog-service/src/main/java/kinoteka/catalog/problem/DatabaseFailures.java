package kinoteka.catalog.problem;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.pool.PoolAcquirePendingLimitException;

/** Failures after which the same request may succeed a little later. */
final class DatabaseFailures {

    /**
     * SQLSTATE classes and codes: 08 connection lost, 53 out of resources, 57P0x shutting down or starting up, 57014
     * statement took too long, 25006 no longer the primary, 40 a conflict with another transaction
     * (PostgreSQL documentation, appendix A).
     */
    private static final Pattern PASSING = Pattern.compile("08...|53...|57P0.|57014|25006|40...");

    private static final String READ_ONLY = "25006";

    private DatabaseFailures() {}

    /** Empty for what is not the database's passing weakness. */
    static Optional<ProblemException> explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isPassing(cause)) {
                return Optional.of(Problem.DATABASE_UNAVAILABLE.exception("The database cannot answer at the moment."));
            }
        }
        return Optional.empty();
    }

    /** Whether a server said that it only reads, as one does that was the primary and is no more. */
    static boolean saysReadOnly(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException refused && READ_ONLY.equals(refused.getSqlState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassing(Throwable cause) {
        return switch (cause) {
            case R2dbcException e when matches(e.getSqlState()) -> true;
            case R2dbcTransientException e -> true;
            case R2dbcNonTransientResourceException e -> true;
            case PoolAcquirePendingLimitException e -> true;
            case IOException e -> true;
            default -> false;
        };
    }

    private static boolean matches(@Nullable String sqlState) {
        return sqlState != null && PASSING.matcher(sqlState).matches();
    }
}
