package kinoteka.gateway.cache;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.cache.coalescing.Flights;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.cache.coherence.Writes;
import kinoteka.gateway.cache.fetch.Fetch;
import kinoteka.gateway.cache.fetch.Fetched;
import kinoteka.gateway.cache.fetch.ListReads;
import kinoteka.gateway.cache.lookup.CacheLookup;
import kinoteka.gateway.cache.store.Doorkeeper;
import kinoteka.gateway.cache.store.ResponseStore;
import kinoteka.gateway.cache.store.VaryNames;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamRequest;
import org.springframework.util.unit.DataSize;

/** The cache as the gateway wires it, in front of any upstream, with a clock that stands still. */
final class CacheUnderTest {

    private static final CacheMetrics METRICS = new CacheMetrics(
            new PrometheusRegistry(),
            new ResponseStore(DataSize.ofMegabytes(1)),
            new Versions(),
            new Flights<>(new Versions(), 1, 1));

    final Versions versions = new Versions(4);
    final AtomicLong nanos = new AtomicLong();
    final ResponseStore store = new ResponseStore(DataSize.ofMegabytes(1));
    final Flights<Fetched> flights = new Flights<>(versions, 100, 100);
    final Upstream upstream;

    /** The longest body for whose transmission there is memory. */
    int longestWithRoom = Integer.MAX_VALUE;

    CacheUnderTest(Upstream catalogue) {
        var vary = new VaryNames();
        var lookup = new CacheLookup(store, versions, () -> 300, nanos::get);
        var writes = new Writes(versions, nanos::get);
        var lists = new ListReads(
                new Doorkeeper(Duration.ofMinutes(1), nanos::get),
                new Doorkeeper(Duration.ofMinutes(1), nanos::get),
                writes,
                () -> 16);
        this.upstream = new CachingUpstream(
                catalogue,
                versions,
                lookup,
                vary,
                flights,
                new Fetch(catalogue, lookup, vary, () -> 10_000, InstantSource.system()),
                lists,
                new WriteObserver(writes),
                length -> length <= longestWithRoom,
                METRICS);
        versions.setCaughtUp(true);
    }

    void elapse(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    static UpstreamRequest request(HttpMethod method, Endpoint endpoint, String target) {
        return new UpstreamRequest(
                endpoint,
                method,
                target,
                new DefaultHttpHeaders(),
                UpstreamRequest.Body.NONE,
                PoolName.REQUESTS,
                new CallRecord());
    }
}
