package kinoteka.gateway.console;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.util.Map;
import java.util.TreeMap;

/**
 * The requests that the gateway has counted since its start, or between two times.
 *
 * @param byEndpoint by value of the metric label {@code endpoint}
 */
record RequestCounts(Map<String, OfEndpoint> byEndpoint) {

    static final RequestCounts NONE = new RequestCounts(Map.of());

    static RequestCounts of(HistogramSnapshot requestDurations) {
        var byEndpoint = new TreeMap<String, OfEndpoint>();
        for (var series : requestDurations.getDataPoints()) {
            var labels = series.getLabels();
            byEndpoint.merge(
                    String.valueOf(labels.get("endpoint")),
                    OfEndpoint.of(String.valueOf(labels.get("status")), Durations.of(series)),
                    OfEndpoint::plus);
        }
        return new RequestCounts(byEndpoint);
    }

    RequestCounts minus(RequestCounts earlier) {
        var difference = new TreeMap<String, OfEndpoint>();
        byEndpoint.forEach((endpoint, counts) ->
                difference.put(endpoint, counts.minus(earlier.byEndpoint.getOrDefault(endpoint, OfEndpoint.NONE))));
        return new RequestCounts(difference);
    }

    /** The requests of all endpoints together. */
    OfEndpoint all() {
        return byEndpoint.values().stream().reduce(OfEndpoint.NONE, OfEndpoint::plus);
    }

    /**
     * The requests of one endpoint.
     *
     * @param durations of all requests but those of clients that disconnected, whose duration says nothing about the gateway
     */
    record OfEndpoint(long successful, long clientErrors, long disconnected, long failed, Durations durations) {

        static final OfEndpoint NONE = new OfEndpoint(0, 0, 0, 0, Durations.NONE);

        static OfEndpoint of(String status, Durations durations) {
            var count = durations.count();
            if (status.equals("499")) {
                return new OfEndpoint(0, 0, count, 0, Durations.NONE);
            }
            return switch (status.charAt(0)) {
                case '5' -> new OfEndpoint(0, 0, 0, count, durations);
                case '4' -> new OfEndpoint(0, count, 0, 0, durations);
                default -> new OfEndpoint(count, 0, 0, 0, durations);
            };
        }

        OfEndpoint plus(OfEndpoint other) {
            return new OfEndpoint(
                    successful + other.successful,
                    clientErrors + other.clientErrors,
                    disconnected + other.disconnected,
                    failed + other.failed,
                    durations.plus(other.durations));
        }

        OfEndpoint minus(OfEndpoint earlier) {
            return new OfEndpoint(
                    successful - earlier.successful,
                    clientErrors - earlier.clientErrors,
                    disconnected - earlier.disconnected,
                    failed - earlier.failed,
                    durations.minus(earlier.durations));
        }

        long count() {
            return successful + clientErrors + disconnected + failed;
        }
    }
}
