package kinoteka.gateway.metrics;

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
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.request.RequestListener;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.trace.TracingSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The metrics {@code requests_total}, {@code request_duration_seconds} and {@code requests_failed_total}. The values of all labels come from bounded sets, whatever
 * clients send, so that the number of series is bounded. Thread-safe.
 */
@Component
public class RequestMetrics implements RequestListener {

    private static final String OTHER = "other";

    private static final String[] LABELS = {"host", "status", "method", "endpoint"};
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    /** In seconds. Existing dashboards and alerts select 0.0001, 0.01, 0.1, 0.2 and 0.4. */
    private static final double[] BOUNDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 10
    };

    /** In nanoseconds. A request that takes longer is slow. */
    private static final long EXEMPLAR_INTERVAL = 10_000_000;

    private final Set<String> hosts;

    /** Whether an exemplar leads to spans. If no spans are exported at all, it leads to the logs of any request. */
    private final boolean hasSpans;

    private final Counter requests;
    private final Histogram durations;
    private final Counter failures;
    private final Map<Labelled, Series> series = new ConcurrentHashMap<>();

    public RequestMetrics(PrometheusRegistry registry, MetricsSettings settings, TracingSettings tracing) {
        hosts = settings.hosts();
        hasSpans = tracing.endpoint() != null;
        requests = Counter.builder()
                .name("requests_total")
                .help("Requests. Status 499 means that the client disconnected before the response was complete.")
                .labelNames(LABELS)
                .register(registry);
        durations = Histogram.builder()
                .name("request_duration_seconds")
                .help("Time from the receipt of the request headers until the last byte of the response is sent.")
                .labelNames(LABELS)
                .classicUpperBounds(BOUNDS)
                .register(registry);
        failures = Counter.builder()
                .name("requests_failed_total")
                .help("Requests with a server error for which the request is not the reason.")
                .labelNames("endpoint")
                .register(registry);
    }

    @Override
    public void onRequestEnded(RequestRecord request) {
        var labelled = new Labelled(
                knownHost(request.host()),
                request.status(),
                METHODS.contains(request.method()) ? request.method() : OTHER,
                request.endpoint());
        var known = series.get(labelled);
        if (known == null) {
            known = series.computeIfAbsent(labelled, this::create);
        }
        known.requests.inc();
        if (request.isFailed()) {
            known.failures.inc();
        }
        var seconds = request.nanos() / 1e9;
        if ((request.trace().recorded() || !hasSpans) && known.mayTakeExemplar(request.nanos())) {
            known.durations.observeWithExemplar(
                    seconds, Labels.of("trace_id", request.trace().traceId()));
        } else {
            known.durations.observe(seconds);
        }
    }

    private String knownHost(String host) {
        if (hosts.contains(host)) {
            return host;
        }
        var lowerCase = host.toLowerCase(Locale.ROOT);
        return hosts.contains(lowerCase) ? lowerCase : OTHER;
    }

    private Series create(Labelled labelled) {
        var values = new String[] {
            labelled.host, Integer.toString(labelled.status), labelled.method, label(labelled.endpoint)
        };
        return new Series(
                requests.labelValues(values),
                durations.labelValues(values),
                failures.labelValues(label(labelled.endpoint)));
    }

    private static String label(@Nullable Endpoint endpoint) {
        return endpoint == null ? OTHER : endpoint.label();
    }

    private record Labelled(
            String host,
            int status,
            String method,
            @Nullable Endpoint endpoint) {}

    /** All exist from the first request of an endpoint on, so that the rate of failures is 0 until there are some. */
    private static final class Series {

        private final CounterDataPoint requests;
        private final DistributionDataPoint durations;
        private final CounterDataPoint failures;
        private final AtomicLong lastExemplar = new AtomicLong(System.nanoTime() - EXEMPLAR_INTERVAL);

        Series(CounterDataPoint requests, DistributionDataPoint durations, CounterDataPoint failures) {
            this.requests = requests;
            this.durations = durations;
            this.failures = failures;
        }

        /** Always for a slow request, because there are few; for others at intervals, because exemplars are replaced within seconds. */
        boolean mayTakeExemplar(long nanos) {
            if (nanos >= EXEMPLAR_INTERVAL) {
                return true;
            }
            var now = System.nanoTime();
            var last = lastExemplar.get();
            return now - last >= EXEMPLAR_INTERVAL && lastExemplar.compareAndSet(last, now);
        }
    }
}
