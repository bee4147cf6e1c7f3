package kinoteka.gateway.cache;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.cache.coalescing.Flights;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.cache.coherence.Writes;
import kinoteka.gateway.cache.fetch.Fetch;
import kinoteka.gateway.cache.fetch.Fetched;
import kinoteka.gateway.cache.fetch.ListReads;
import kinoteka.gateway.cache.listener.ChangeListener;
import kinoteka.gateway.cache.lookup.CacheLookup;
import kinoteka.gateway.cache.store.Doorkeeper;
import kinoteka.gateway.cache.store.ResponseStore;
import kinoteka.gateway.cache.store.VaryNames;
import kinoteka.gateway.headers.RequestHeaders;
import kinoteka.gateway.request.RequestRecords;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.streaming.LongBodies;
import kinoteka.gateway.trace.TraceSampler;
import kinoteka.gateway.upstream.Upstream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Creates the parts of the cache; none if it is disabled, so that it costs nothing then. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "kinoteka.gateway.cache.enabled", matchIfMissing = true)
class CacheConfiguration {

    /** How long a request for a list, or the failure to store one, is remembered. */
    private static final Duration MEMORY_OF_LISTS = Duration.ofMinutes(1);

    private static final int MAX_FLIGHTS = 4096;
    private static final int MAX_WAITING = 1024;

    private static final LongSupplier NANO_CLOCK = System::nanoTime;

    @Bean
    Versions versions() {
        return new Versions();
    }

    @Bean
    VaryNames varyNames() {
        return new VaryNames();
    }

    @Bean
    ResponseStore responseStore(Live<CacheSettings> settings) {
        var store = new ResponseStore(settings.get().size());
        settings.onChange(changed -> store.resize(changed.size()));
        return store;
    }

    @Bean
    CacheLookup cacheLookup(ResponseStore store, Versions versions, Live<CacheSettings> settings) {
        return new CacheLookup(store, versions, () -> settings.get().maxAge().toSeconds(), NANO_CLOCK);
    }

    @Bean
    Flights<Fetched> flights(Versions versions) {
        return new Flights<>(versions, MAX_FLIGHTS, MAX_WAITING);
    }

    @Bean
    CacheMetrics cacheMetrics(
            PrometheusRegistry registry, ResponseStore store, Versions versions, Flights<Fetched> flights) {
        return new CacheMetrics(registry, store, versions, flights);
    }

    @Bean
    CacheFilter cacheFilter(
            Versions versions, CacheLookup lookup, VaryNames vary, CacheMetrics metrics, LongBodies longBodies) {
        return new CacheFilter(versions, lookup, vary, metrics, longBodies);
    }

    @Bean
    DirectHits directHits(
            List<PublicFilter> filters,
            Versions versions,
            CacheLookup lookup,
            VaryNames vary,
            CacheMetrics metrics,
            RequestRecords records,
            TraceSampler sampler) {
        return new DirectHits(filters, versions, lookup, vary, metrics, records, sampler);
    }

    @Bean
    CacheDecorator cacheDecorator(
            Versions versions,
            CacheLookup lookup,
            VaryNames vary,
            Flights<Fetched> flights,
            CacheMetrics metrics,
            LongBodies longBodies,
            Live<CacheSettings> settings) {
        var writes = new Writes(versions, NANO_CLOCK);
        var lists = new ListReads(
                new Doorkeeper(MEMORY_OF_LISTS, NANO_CLOCK),
                new Doorkeeper(MEMORY_OF_LISTS, NANO_CLOCK),
                writes,
                () -> settings.get().listReads());
        IntSupplier largestBody =
                () -> Math.toIntExact(settings.get().largestEntry().toBytes());
        return next -> new CachingUpstream(
                next,
                versions,
                lookup,
                vary,
                flights,
                new Fetch(next, lookup, vary, largestBody, InstantSource.system()),
                lists,
                new WriteObserver(writes),
                longBodies::hasRoom,
                metrics);
    }

    @Bean
    ChangeListener changeListener(
            Upstream upstream,
            RequestHeaders headers,
            Versions versions,
            Live<CacheSettings> settings,
            PrometheusRegistry registry) {
        return new ChangeListener(
                upstream, headers, versions, () -> settings.get().silenceLimit(), registry);
    }
}
