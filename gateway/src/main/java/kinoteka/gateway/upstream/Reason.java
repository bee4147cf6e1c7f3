package kinoteka.gateway.upstream;

import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.NotYetConnectedException;
import java.util.Locale;
import kinoteka.gateway.problem.Problem;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** Why an upstream gave no answer, or not the whole of it. */
enum Reason {
    /** Refused, unknown host, no route, or the connection took too long to make. */
    UNREACHABLE(Problem.UPSTREAM_UNAVAILABLE, "The service could not be reached; try again in a moment."),
    POOL_EXHAUSTED(Problem.UPSTREAM_UNAVAILABLE, "Too many requests are under way; try again in a moment."),
    TIMED_OUT(Problem.UPSTREAM_TIMEOUT, "The service did not answer in time."),
    /** Closed or reset before the answer was whole, or the answer is not HTTP. */
    BROKEN_OFF(Problem.UPSTREAM_FAILED, "The service broke off before its answer was whole.");

    private final Problem problem;
    private final String detail;

    Reason(Problem problem, String detail) {
        this.problem = problem;
        this.detail = detail;
    }

    static Reason of(Throwable failure) {
        return switch (failure) {
            case ReadTimeoutException timedOut -> TIMED_OUT;
            case ConnectException refused -> UNREACHABLE;
            case UnknownHostException unknown -> UNREACHABLE;
            case NoRouteToHostException unroutable -> UNREACHABLE;
            case NotYetConnectedException unconnected -> UNREACHABLE;
            case PoolAcquireTimeoutException waited -> POOL_EXHAUSTED;
            case PoolAcquirePendingLimitException full -> POOL_EXHAUSTED;
            default -> BROKEN_OFF;
        };
    }

    Problem problem() {
        return problem;
    }

    /** What the client is told. */
    String detail() {
        return detail;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
