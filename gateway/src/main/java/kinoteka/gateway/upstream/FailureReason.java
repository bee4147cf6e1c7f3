package kinoteka.gateway.upstream;

import java.util.Locale;
import kinoteka.gateway.problem.Problem;

/** Why an instance gave no response, or not all of it. */
public enum FailureReason {
    /** Refused, unknown host, no route, no TLS, or the connection took too long to make. Nothing was sent. */
    UNREACHABLE(Problem.UPSTREAM_UNAVAILABLE, "The service could not be reached; try again in a moment."),
    /** All connections are in use, and none was free in time. Nothing was sent. */
    POOL_EXHAUSTED(Problem.UPSTREAM_UNAVAILABLE, "Too many requests are being processed; try again in a moment."),
    TIMED_OUT(Problem.UPSTREAM_TIMEOUT, "The service did not respond in time."),
    /** Closed or reset before the response was complete, or the response is not valid HTTP. */
    BROKEN_OFF(Problem.UPSTREAM_FAILED, "The connection to the service was closed before its response was complete.");

    private final Problem problem;
    private final String detail;

    FailureReason(Problem problem, String detail) {
        this.problem = problem;
        this.detail = detail;
    }

    /** The problem that a client is sent. */
    public Problem problem() {
        return problem;
    }

    /** What a client is told. */
    public String detail() {
        return detail;
    }

    /** Whether the instance has received nothing of the request, so that another one may be sent it, whatever its method. */
    public boolean isNeverSent() {
        return this == UNREACHABLE || this == POOL_EXHAUSTED;
    }

    /** Value of the metric label {@code reason}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
