package kinoteka.catalog.database.failure;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import kinoteka.catalog.database.pool.ConnectionUnavailable;
import kinoteka.catalog.database.pool.OutcomeUnknown;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The reasons for which the database fails a request although the request is valid: the same request may succeed a little
 * later. Server errors are told apart by their SQLSTATE alone (PostgreSQL documentation, appendix A).
 */
enum DatabaseFailure {
    UNREACHABLE(Problem.DATABASE_UNAVAILABLE, "The database cannot be reached at the moment."),
    OUTCOME_UNKNOWN(
            Problem.OUTCOME_UNKNOWN,
            "The connection to the database was lost while the change was committed, so that it may have taken effect or not."
                    + " Repeating the request with the same Idempotency-Key is safe."
                    + " Without one, read the resource before you repeat the request."),
    READ_ONLY(Problem.DATABASE_UNAVAILABLE, "The database is switching to another primary server."),
    OUT_OF_RESOURCES(Problem.DATABASE_UNAVAILABLE, "The database has no resources left for the request."),
    ACQUIRE_TIMEOUT(Problem.DATABASE_UNAVAILABLE, "No connection to the database became available in time."),
    QUEUE_FULL(Problem.DATABASE_UNAVAILABLE, "Too many requests are waiting for a connection to the database."),
    STATEMENT_TIMEOUT(Problem.DATABASE_TIMEOUT, "The request took longer than its time limit in the database."),
    LOCK_TIMEOUT(
            Problem.RESOURCE_BUSY, "The request waited too long for other requests that change the same resource."),
    CONFLICT(Problem.RESOURCE_BUSY, "The request conflicted with another one that changes the same resource.");

    private final Problem problem;
    private final String detail;

    DatabaseFailure(Problem problem, String detail) {
        this.problem = problem;
        this.detail = detail;
    }

    /** The reason in the chain of causes; empty if there is none, for example for the violation of a constraint. */
    static Optional<DatabaseFailure> in(Throwable failure) {
        var acquiring = false;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutcomeUnknown) {
                return Optional.of(OUTCOME_UNKNOWN);
            }
            if (cause instanceof R2dbcException error && error.getSqlState() != null) {
                return ofServer(error.getSqlState());
            }
            if (cause instanceof ConnectionUnavailable unavailable) {
                return Optional.of(unavailable.isQueueFull() ? QUEUE_FULL : ACQUIRE_TIMEOUT);
            }
            if (cause instanceof R2dbcTimeoutException || (acquiring && cause instanceof TimeoutException)) {
                return Optional.of(ACQUIRE_TIMEOUT);
            }
            acquiring |= isResourceFailure(cause);
        }
        return acquiring ? Optional.of(UNREACHABLE) : Optional.empty();
    }

    ProblemException problem() {
        return problem.exception(detail);
    }

    /** The value of the metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isResourceFailure(Throwable cause) {
        return cause instanceof DataAccessResourceFailureException
                || cause instanceof R2dbcNonTransientResourceException
                || cause instanceof R2dbcTransientResourceException;
    }

    private static Optional<DatabaseFailure> ofServer(String sqlState) {
        var reason =
                switch (sqlState) {
                    case "25006" -> READ_ONLY;
                    case "55P03" -> LOCK_TIMEOUT;
                    case "57014" -> STATEMENT_TIMEOUT;
                    case "3D000", "57P01", "57P02", "57P03", "57P04", "57P05" -> UNREACHABLE;
                    default ->
                        switch (sqlState.substring(0, Math.min(2, sqlState.length()))) {
                            case "08", "28" -> UNREACHABLE;
                            case "40" -> CONFLICT;
                            case "53" -> OUT_OF_RESOURCES;
                            default -> null;
                        };
                };
        return Optional.ofNullable(reason);
    }
}
