package kinoteka.gateway.cache;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kinoteka.gateway.cache.coalescing.Flights;
import kinoteka.gateway.cache.coherence.Kind;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.cache.lookup.CacheStatus;
import kinoteka.gateway.cache.store.ResponseStore;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.UpstreamRequest;

/** The metrics of the cache. All values of labels come from enums. Thread-safe. */
final class CacheMetrics {

    private final Counter requests;
    private final Map<Series, CounterDataPoint> series = new ConcurrentHashMap<>();

    CacheMetrics(PrometheusRegistry registry, ResponseStore store, Versions versions, Flights<?> flights) {
        requests = Counter.builder()
                .name("cache_requests_total")
                .help("Requests whose response could have come from memory, by what the cache did.")
                .labelNames("endpoint", "result")
                .register(registry);
        GaugeWithCallback.builder()
                .name("cache_bytes")
                .help("Memory of the stored responses, estimated.")
                .callback(gauge -> gauge.call((double) store.bytes()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("cache_entries")
                .help("Stored responses, including those that have become invalid.")
                .callback(gauge -> gauge.call((double) store.entries()))
                .register(registry);
        CounterWithCallback.builder()
                .name("cache_evictions_total")
                .help("Responses that were removed because others are requested more often.")
                .callback(counter -> counter.call((double) store.evictions()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("cache_fetches")
                .help("Calls in progress whose response other requests may wait for.")
                .callback(gauge -> gauge.call(flights.inProgress()))
                .register(registry);
        CounterWithCallback.builder()
                .name("cache_invalidations_total")
                .help(
                        "Changes of this kind of resource, by the stream or by a write, after which responses are invalid.")
                .labelNames("kind")
                .callback(counter -> {
                    for (var kind : Kind.values()) {
                        counter.call((double) versions.changes(kind), kind.label());
                    }
                })
                .register(registry);
        CounterWithCallback.builder()
                .name("cache_resets_total")
                .help("Times that all stored responses became invalid, because changes may have been missed.")
                .callback(counter -> counter.call((double) versions.resets()))
                .register(registry);
    }

    /** Counts a request, and records the result. */
    void count(Endpoint endpoint, CallRecord call, CacheStatus status) {
        call.cacheStatus(status.label());
        var key = new Series(endpoint, status);
        var known = series.get(key);
        if (known == null) {
            known = series.computeIfAbsent(key, one -> requests.labelValues(endpoint.label(), status.label()));
        }
        known.inc();
    }

    void count(UpstreamRequest request, CacheStatus status) {
        count(request.endpoint(), request.record(), status);
    }

    private record Series(Endpoint endpoint, CacheStatus status) {}
}
