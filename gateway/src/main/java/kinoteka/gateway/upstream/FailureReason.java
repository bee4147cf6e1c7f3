package kinoteka.gateway.upstream;

import java.util.Locale;
import kinoteka.gateway.problem.Problem;

/** The reason why there is no response of an instance, or an incomplete one. */
public enum FailureReason {
    /** No connection: refused, unknown host, no route, TLS handshake failed, or not established in time. Nothing was sent. */
    UNREACHABLE(Problem.UPSTREAM_UNAVAILABLE, "The service could not be reached; try again in a moment."),
    /** All connections are in use, and none became available in time. Nothing was sent. */
    POOL_EXHAUSTED(Problem.UPSTREAM_UNAVAILABLE, "Too many requests are being processed; try again in a moment."),
    /** The concurrency limit of the instance is reached. Nothing was sent. */
    OVERLOADED(
            Problem.UPSTREAM_OVERLOADED,
            "The service is processing as many requests as it can; try again in a moment."),
    /** The circuit breaker of the instance is open. Nothing was sent. */
    BREAKER_OPEN(
            Problem.UPSTREAM_CIRCUIT_OPEN,
            "The service has failed too often and is given time to recover; try again in a moment."),
    /** The response, or the next part of its body, did not arrive in time. */
    TIMED_OUT(Problem.UPSTREAM_TIMEOUT, "The service did not respond in time."),
    /** The connection was closed or reset before the response was complete, or the response is not valid HTTP. */
    BROKEN_OFF(Problem.UPSTREAM_FAILED, "The connection to the service was closed before its response was complete.");

    private final Problem problem;
    private final String detail;

    FailureReason(Problem problem, String detail) {
        this.problem = problem;
        this.detail = detail;
    }

    /** The problem that is reported to the client. */
    public Problem problem() {
        return problem;
    }

    /** The detail of that problem. */
    public String detail() {
        return detail;
    }

    /** Whether no part of the request was sent, so that it is safe to try another instance, whatever the method. */
    public boolean isNeverSent() {
        return switch (this) {
            case UNREACHABLE, POOL_EXHAUSTED, OVERLOADED, BREAKER_OPEN -> true;
            case TIMED_OUT, BROKEN_OFF -> false;
        };
    }

    /** Whether the instance caused the failure. Otherwise the gateway did not let the call pass, which says nothing new about the instance. */
    public boolean isFailureOfInstance() {
        return switch (this) {
            case UNREACHABLE, TIMED_OUT, BROKEN_OFF -> true;
            case POOL_EXHAUSTED, OVERLOADED, BREAKER_OPEN -> false;
        };
    }

    /** The value of the metric label {@code reason}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
