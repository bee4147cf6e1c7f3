package kinoteka.gateway.console;

import java.util.Locale;
import kinoteka.gateway.request.RequestRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What the console shows of one request. There is nothing in it by which a person could be recognized.
 *
 * @param endpoint value of the metric label {@code endpoint}
 * @param seconds to the end of the response; to its beginning if it may be a long stream
 * @param reason why the last call to an instance failed, otherwise the type of the problem with which the gateway responded; null if
 *     there is neither
 * @param instance the instance that responded; null if none did
 */
@JsonNaming(SnakeCaseStrategy.class)
record RequestSummary(
        String method,
        String endpoint,
        int status,
        double seconds,
        int attempts,
        @Nullable String reason,
        @Nullable String instance,
        String traceId) {

    private static final double NANOS_PER_SECOND = 1e9;

    static RequestSummary of(RequestRecord request) {
        var endpoint = request.endpoint();
        return new RequestSummary(
                request.method().toUpperCase(Locale.ROOT),
                endpoint == null ? "other" : endpoint.label(),
                request.status(),
                seconds(request),
                request.call().attempts(),
                reason(request),
                request.instance(),
                request.trace().traceId());
    }

    private static @Nullable String reason(RequestRecord request) {
        var failure = request.call().lastFailure();
        var problem = request.problem();
        if (failure != null) {
            return failure.label();
        }
        return problem == null ? null : problem.type();
    }

    static double seconds(RequestRecord request) {
        var endpoint = request.endpoint();
        var nanos = endpoint != null && endpoint.isLong() ? request.nanosToFirstByte() : request.nanos();
        return nanos / NANOS_PER_SECOND;
    }
}
