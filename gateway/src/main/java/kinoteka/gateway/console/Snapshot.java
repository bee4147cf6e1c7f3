package kinoteka.gateway.console;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What the console shows at one time, once a second as JSON.
 *
 * @param time milliseconds since 1970
 * @param uptimeSeconds time since the start of the gateway
 * @param all the requests of all endpoints
 * @param endpoints the endpoints that have had requests, the busiest first
 * @param rejections what is rejected or fails now, by metric and labels
 * @param gauges current values by metric: connections, pools, instances, event loops, memory
 * @param failed the last failed requests, the latest first
 * @param slowest the slowest requests of the last minutes, the slowest first
 */
@JsonNaming(SnakeCaseStrategy.class)
record Snapshot(
        long time,
        double uptimeSeconds,
        Traffic all,
        List<Traffic> endpoints,
        List<Series> rejections,
        Map<String, List<Series>> gauges,
        List<RequestSummary> failed,
        List<RequestSummary> slowest) {

    /**
     * The traffic of an endpoint. Rates are requests per second during the last second, quantiles those of the last ten seconds.
     *
     * @param p50 median of the durations in seconds; null without requests
     * @param p99 99th percentile
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Traffic(
            String endpoint,
            double successful,
            double clientErrors,
            double disconnected,
            double failed,
            @Nullable Double p50,
            @Nullable Double p99) {

        double perSecond() {
            return successful + clientErrors + disconnected + failed;
        }
    }

    /**
     * A series of a metric.
     *
     * @param value the current value, or for counters the increase per second
     */
    record Series(String metric, Map<String, String> labels, double value) {}
}
