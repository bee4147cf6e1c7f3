package kinoteka.gateway.metrics;

import io.netty.util.AttributeKey;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kinoteka.gateway.routing.Endpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code requests_total} and {@code request_duration_seconds}. Whatever clients invent, the values of the labels come
 * from closed sets; a {@code status} is a three-digit number. Thread-safe.
 */
@Component
public class RequestMetrics {

    /** On a channel whose current request the transport answered over the heads of the filters: with which status. */
    public static final AttributeKey<Integer> ANSWERED_BY_TRANSPORT = AttributeKey.valueOf("answeredByTransport");

    private static final String OTHER = "other";

    private static final String[] LABELS = {"host", "status", "method", "endpoint"};
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    /** Seconds. 0.0001, 0.01, 0.1, 0.2 and 0.4 are those that dashboards and alerts have always selected. */
    private static final double[] BOUNDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 10
    };

    private final Set<String> hosts;
    private final Counter requests;
    private final Histogram durations;
    private final Map<Labelled, Series> series = new ConcurrentHashMap<>();

    public RequestMetrics(PrometheusRegistry registry, MetricsSettings settings) {
        hosts = settings.hosts();
        requests = Counter.builder()
                .name("requests_total")
                .help("Requests answered; 499 is a client that left before its answer was whole.")
                .labelNames(LABELS)
                .register(registry);
        durations = Histogram.builder()
                .name("request_duration_seconds")
                .help("From the request received to the last byte of its answer handed over.")
                .labelNames(LABELS)
                .classicUpperBounds(BOUNDS)
                .register(registry);
    }

    /**
     * Counts and times one request.
     *
     * @param host as the client named it, without port
     * @param method as the client spelled it
     * @param endpoint null when the request met none
     * @param nanos its duration, never negative
     */
    public void record(
            String host, int status, String method, @Nullable Endpoint endpoint, long nanos, String traceId) {
        var labelled = new Labelled(knownHost(host), status, METHODS.contains(method) ? method : OTHER, endpoint);
        var known = series.get(labelled);
        if (known == null) {
            known = series.computeIfAbsent(labelled, this::begin);
        }
        known.requests.inc();
        known.durations.observeWithExemplar(nanos / 1e9, Labels.of("trace_id", traceId));
    }

    private String knownHost(String host) {
        if (hosts.contains(host)) {
            return host;
        }
        var lowerCase = host.toLowerCase(Locale.ROOT);
        return hosts.contains(lowerCase) ? lowerCase : OTHER;
    }

    private Series begin(Labelled labelled) {
        var values = new String[] {
            labelled.host,
            Integer.toString(labelled.status),
            labelled.method,
            labelled.endpoint == null ? OTHER : labelled.endpoint.label()
        };
        return new Series(requests.labelValues(values), durations.labelValues(values));
    }

    private record Labelled(
            String host,
            int status,
            String method,
            @Nullable Endpoint endpoint) {}

    private record Series(CounterDataPoint requests, DistributionDataPoint durations) {}
}
