package kinoteka.gateway.console;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kinoteka.gateway.console.Snapshot.Series;

/** Reads from the metrics what the console shows, so that the requests need not be counted a second time. */
final class MetricsReader {

    private static final String REQUESTS = "request_duration_seconds";

    /** Each series of these is shown if it increases. They count what was not served as the client wished, or what a server failed to do. */
    private static final Set<String> REJECTIONS = Set.of(
            "upstream_failures",
            "upstream_retries",
            "upstream_retry_budget_exhausted",
            "upstream_concurrency_rejected",
            "upstream_circuit_breaker_rejected",
            "ratelimit_rejected",
            "ratelimit_overflow",
            "ratelimit_redis_failures",
            "access_log_dropped",
            "client_connection_errors",
            "client_connections_rejected");

    private static final Set<String> COUNTERS = Set.of("cache_requests", "event_loop_cpu_seconds");

    private static final Set<String> GAUGES = Set.of(
            "upstream_up",
            "upstream_connections_active",
            "upstream_connections_max",
            "upstream_pending_requests",
            "upstream_circuit_breaker_state",
            "upstream_concurrency_limit",
            "upstream_concurrency_in_flight",
            "cache_bytes",
            "cache_caught_up",
            "client_connections",
            "event_loop_pending_tasks");

    private final PrometheusRegistry registry;

    MetricsReader(PrometheusRegistry registry) {
        this.registry = registry;
    }

    Reading read(long nanos) {
        var reading = new Reading(nanos, RequestCounts.NONE, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var metric : registry.scrape(MetricsReader::isShown)) {
            reading = add(reading, metric);
        }
        return reading;
    }

    private static boolean isShown(String exposedName) {
        var name = exposedName.endsWith("_total") ? exposedName.substring(0, exposedName.length() - 6) : exposedName;
        return name.equals(REQUESTS) || REJECTIONS.contains(name) || COUNTERS.contains(name) || GAUGES.contains(name);
    }

    private static Reading add(Reading reading, MetricSnapshot metric) {
        var name = metric.getMetadata().getName();
        switch (metric) {
            case HistogramSnapshot durations
            when name.equals(REQUESTS) -> {
                return reading.withRequests(RequestCounts.of(durations));
            }
            case CounterSnapshot counter -> {
                var into = REJECTIONS.contains(name) ? reading.rejections : reading.counters;
                counter.getDataPoints().forEach(point -> into.add(series(name, point.getLabels(), point.getValue())));
            }
            case GaugeSnapshot gauge ->
                gauge.getDataPoints()
                        .forEach(point -> reading.gauges.add(series(name, point.getLabels(), point.getValue())));
            default -> {} // of another type
        }
        return reading;
    }

    private static Series series(String metric, Labels labels, double value) {
        var map = new LinkedHashMap<String, String>();
        labels.forEach(label -> map.put(label.getName(), label.getValue()));
        return new Series(metric, map, value);
    }

    /**
     * The metrics at one time.
     *
     * @param nanos when they were read, by a monotonic clock
     * @param rejections counters, since the start
     * @param counters further counters, since the start
     */
    record Reading(
            long nanos, RequestCounts requests, List<Series> rejections, List<Series> counters, List<Series> gauges) {

        private static final double NANOS_PER_SECOND = 1e9;

        Reading withRequests(RequestCounts counts) {
            return new Reading(nanos, counts, rejections, counters, gauges);
        }

        double secondsSince(Reading earlier) {
            return (nanos - earlier.nanos) / NANOS_PER_SECOND;
        }

        /** Returns how much each of these counters increased per second since the earlier reading. */
        static List<Series> rates(List<Series> now, List<Series> earlier, double seconds) {
            var before = new HashMap<Map.Entry<String, Map<String, String>>, Double>();
            earlier.forEach(series -> before.put(Map.entry(series.metric(), series.labels()), series.value()));
            return now.stream()
                    .map(series -> new Series(
                            series.metric(),
                            series.labels(),
                            (series.value() - before.getOrDefault(Map.entry(series.metric(), series.labels()), 0.0))
                                    / seconds))
                    .toList();
        }
    }
}
