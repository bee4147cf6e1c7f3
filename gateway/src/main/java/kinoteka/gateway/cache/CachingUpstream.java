package kinoteka.gateway.cache;

import static kinoteka.gateway.cache.lookup.CacheStatus.BYPASS;
import static kinoteka.gateway.cache.lookup.CacheStatus.NOT_LISTENING;

import io.netty.handler.codec.http.HttpMethod;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import kinoteka.gateway.cache.coalescing.Flights;
import kinoteka.gateway.cache.coalescing.Landing;
import kinoteka.gateway.cache.coherence.Dependencies;
import kinoteka.gateway.cache.coherence.Stamp;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.cache.fetch.Fetch;
import kinoteka.gateway.cache.fetch.Fetched;
import kinoteka.gateway.cache.fetch.ListReads;
import kinoteka.gateway.cache.lookup.CacheLookup;
import kinoteka.gateway.cache.lookup.CacheLookup.Found;
import kinoteka.gateway.cache.lookup.CacheStatus;
import kinoteka.gateway.cache.lookup.Forward;
import kinoteka.gateway.cache.store.CacheRequest;
import kinoteka.gateway.cache.store.StoredResponse;
import kinoteka.gateway.cache.store.VaryNames;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;

/**
 * Stores responses, makes one call for all requests that wait for the same response, and counts the changes of writes before their
 * responses are passed on. A request is answered from memory only if nothing that its response depends on has changed since that
 * response was requested.
 */
final class CachingUpstream implements Upstream {

    private final Upstream next;
    private final Versions versions;
    private final CacheLookup lookup;
    private final VaryNames vary;
    private final Flights<Fetched> flights;
    private final Fetch fetch;
    private final ListReads lists;
    private final WriteObserver writes;
    private final IntPredicate hasRoom;
    private final CacheMetrics metrics;

    CachingUpstream(
            Upstream next,
            Versions versions,
            CacheLookup lookup,
            VaryNames vary,
            Flights<Fetched> flights,
            Fetch fetch,
            ListReads lists,
            WriteObserver writes,
            IntPredicate hasRoom,
            CacheMetrics metrics) {
        this.next = next;
        this.versions = versions;
        this.lookup = lookup;
        this.vary = vary;
        this.flights = flights;
        this.fetch = fetch;
        this.lists = lists;
        this.writes = writes;
        this.hasRoom = hasRoom;
        this.metrics = metrics;
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        if (!request.isSafe()) {
            return writes.observe(request, next.call(request));
        }
        var dependencies = Dependencies.of(request.endpoint());
        return dependencies.isCacheable() && !request.method().equals(HttpMethod.OPTIONS)
                ? Mono.defer(() -> read(request, dependencies))
                : next.call(request);
    }

    private Mono<UpstreamResponse> read(UpstreamRequest request, Dependencies dependencies) {
        var asked = CacheRequest.of(request.endpoint(), request.method(), request.target(), request.headers(), vary);
        var counters = dependencies.counters(request.target(), versions);
        if (counters == null || asked.hasCredentials() || asked.hasForeignConditions()) {
            return pass(request, dependencies, BYPASS);
        }
        var stamp = versions.take(counters); // before the request is sent
        if (stamp == null) {
            return pass(request, dependencies, NOT_LISTENING);
        }
        var found = lookup.find(asked); // another request may have stored it since the filter looked
        if (found.response() != null && found.hit() != null) {
            return hasRoom.test(found.response().body().length)
                    ? Mono.just(hit(request, asked, found.response(), found.hit()))
                    : pass(request, dependencies, BYPASS);
        }
        if (asked.isHead() || asked.directives().noStore()) {
            return pass(request, dependencies, found.forward().plain());
        }
        return dependencies.isList()
                ? list(request, asked, dependencies, found, stamp)
                : fetch(request, asked, dependencies, found, stamp);
    }

    private Mono<UpstreamResponse> list(
            UpstreamRequest request, CacheRequest asked, Dependencies dependencies, Found found, Stamp stamp) {
        return found.forward() != Forward.REQUEST
                        && hasRoom.test(Integer.MAX_VALUE)
                        && lists.mayBeStored(asked.key(), dependencies)
                ? fetch(request, asked, dependencies, found, stamp)
                : pass(request, dependencies, found.forward().plain());
    }

    private Mono<UpstreamResponse> fetch(
            UpstreamRequest request, CacheRequest asked, Dependencies dependencies, Found found, Stamp stamp) {
        Supplier<Mono<Fetched>> call =
                () -> lists.limit(dependencies, fetch.fetch(request, asked, found.response(), stamp));
        var fetched = found.forward() == Forward.REQUEST
                ? Mono.defer(call).map(result -> new Landing<>(result, true)) // a call that began earlier will not do
                : flights.join(asked.key(), stamp, call);
        return fetched.flatMap(landing -> respond(request, asked, dependencies, found.forward(), landing));
    }

    private Mono<UpstreamResponse> respond(
            UpstreamRequest request,
            CacheRequest asked,
            Dependencies dependencies,
            Forward forward,
            Landing<Fetched> landing) {
        return switch (landing.result()) {
            case Fetched.Stored stored -> Mono.just(stored(request, asked, forward, stored, landing.isFirst()));
            case Fetched.OnError onError ->
                Mono.just(hit(request, asked, onError.response(), CacheStatus.HIT_ON_ERROR));
            case Fetched.NotStored notStored
            when landing.isFirst() || notStored.isForAll() ->
                Mono.just(mark(request, notStored.response(), forward.plain()));
            case Fetched.Discarded discarded -> {
                lists.rememberUnstorable(asked.key());
                yield pass(request, dependencies, forward.plain());
            }
            case null, default -> pass(request, dependencies, forward.plain());
        };
    }

    private UpstreamResponse stored(
            UpstreamRequest request, CacheRequest asked, Forward forward, Fetched.Stored stored, boolean isFirst) {
        if (!isFirst) {
            var status = forward.collapsed();
            metrics.count(request, status);
            return CacheHeaders.response(
                    stored.response(), asked, status, stored.response().age(lookup.now()), stored.instance());
        }
        var status = stored.wasValidated() ? forward.validated() : forward.stored();
        metrics.count(request, status);
        return CacheHeaders.response(stored.response(), asked, status, -1, stored.instance());
    }

    private UpstreamResponse hit(
            UpstreamRequest request, CacheRequest asked, StoredResponse stored, CacheStatus status) {
        metrics.count(request, status);
        return CacheHeaders.response(stored, asked, status, stored.age(lookup.now()), CacheHeaders.MEMORY);
    }

    /** Calls the catalogue for this request alone, and stores nothing. */
    private Mono<UpstreamResponse> pass(UpstreamRequest request, Dependencies dependencies, CacheStatus status) {
        return lists.read(request, dependencies, next).map(response -> mark(request, response, status));
    }

    private UpstreamResponse mark(UpstreamRequest request, UpstreamResponse received, CacheStatus status) {
        metrics.count(request, status);
        return CacheHeaders.mark(received, status);
    }
}
