package kinoteka.gateway.cache.fetch;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import kinoteka.gateway.cache.coherence.Dependencies;
import kinoteka.gateway.cache.coherence.Stamp;
import kinoteka.gateway.cache.directive.ResponseDirectives;
import kinoteka.gateway.cache.lookup.CacheLookup;
import kinoteka.gateway.cache.store.CacheRequest;
import kinoteka.gateway.cache.store.StoredResponse;
import kinoteka.gateway.cache.store.StoredResponse.Exchange;
import kinoteka.gateway.cache.store.VaryNames;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Calls the catalogue for a response that can be stored: one that it has read from the primary. */
public final class Fetch {

    private static final int NOT_MODIFIED = 304;
    private static final int FIRST_SERVER_ERROR = 500;

    private final Upstream next;
    private final CacheLookup lookup;
    private final VaryNames vary;
    private final IntSupplier largestBody;
    private final InstantSource clock;

    /**
     * Creates an object that calls this upstream.
     *
     * @param largestBody the largest body that is stored, in bytes
     */
    public Fetch(Upstream next, CacheLookup lookup, VaryNames vary, IntSupplier largestBody, InstantSource clock) {
        this.next = next;
        this.lookup = lookup;
        this.vary = vary;
        this.largestBody = largestBody;
        this.clock = clock;
    }

    /**
     * Calls the catalogue, and stores the response if it may.
     *
     * @param stored what is stored at present, to be validated by its entity tag; null if nothing is
     * @param stamp taken before
     */
    public Mono<Fetched> fetch(
            UpstreamRequest request, CacheRequest asked, @Nullable StoredResponse stored, Stamp stamp) {
        var sentAt = lookup.now();
        return next.call(unconditional(request, stored))
                .flatMap(received ->
                        take(received, asked, stored, stamp, new Exchange(sentAt, lookup.now(), clock.instant())))
                .onErrorResume(UpstreamException.class, failure -> onError(asked, stored)
                        .switchIfEmpty(Mono.error(failure)));
    }

    /** The conditions of the client are evaluated when the response is there. */
    private static UpstreamRequest unconditional(UpstreamRequest request, @Nullable StoredResponse stored) {
        var headers = PrimaryReads.request(request.headers()).remove(HttpHeaderNames.IF_NONE_MATCH);
        if (stored != null && !stored.etag().isEmpty()) {
            headers.set(HttpHeaderNames.IF_NONE_MATCH, stored.etag());
        }
        return request.withHeaders(headers);
    }

    private Mono<Fetched> take(
            UpstreamResponse received,
            CacheRequest asked,
            @Nullable StoredResponse stored,
            Stamp stamp,
            Exchange exchange) {
        if (received.status() >= FIRST_SERVER_ERROR) {
            return onError(asked, stored)
                    .doOnNext(instead -> discard(received))
                    .switchIfEmpty(Mono.fromSupplier(() -> pass(received)));
        }
        var validated = received.status() == NOT_MODIFIED ? stored : null;
        var status = validated == null ? received.status() : validated.status();
        var directives = ResponseDirectives.of(status, received.headers());
        if (!directives.isStorable() || !PrimaryReads.isProven(received.headers())) {
            return validated == null
                    ? Mono.fromSupplier(() -> pass(received))
                    : Mono.just(new Fetched.Discarded()); // 304 answers a condition that is not the client's
        }
        var isSelectedByMore = vary.add(asked.endpoint(), received.headers());
        if (validated != null) {
            var updated = validated.updated(received.headers(), directives, stamp, exchange);
            return Mono.fromSupplier(() -> store(asked, updated, true, received.instance()));
        }
        return body(received)
                .<Fetched>map(body -> {
                    var response = StoredResponse.of(status, received.headers(), body, directives, stamp, exchange);
                    return isSelectedByMore
                            ? passComplete(received, response)
                            : store(asked, response, false, received.instance());
                })
                .onErrorReturn(CollectedBody.TooLarge.class, new Fetched.Discarded());
    }

    /** The requests that wait may select different responses: each asks again, with a key that distinguishes them. */
    private static Fetched passComplete(UpstreamResponse received, StoredResponse response) {
        return new Fetched.NotStored(
                new UpstreamResponse.Complete(
                        response.status(), response.headers(), received.instance(), response.body()),
                false);
    }

    private Fetched store(CacheRequest asked, StoredResponse response, boolean wasValidated, String instance) {
        lookup.store(asked.key(), response);
        return new Fetched.Stored(response, wasValidated, instance);
    }

    private Mono<Fetched> onError(CacheRequest asked, @Nullable StoredResponse stored) {
        return stored != null && Dependencies.of(asked.endpoint()).mayBeStaleOnError() && lookup.mayServeOnError(stored)
                ? Mono.just(new Fetched.OnError(stored))
                : Mono.empty();
    }

    private static Fetched pass(UpstreamResponse received) {
        if (received instanceof UpstreamResponse.Complete complete) {
            return new Fetched.NotStored(complete, complete.status() >= FIRST_SERVER_ERROR);
        }
        discard(received);
        return new Fetched.Discarded();
    }

    private static void discard(UpstreamResponse received) {
        if (received instanceof UpstreamResponse.Streamed streamed) {
            streamed.discard().run();
        }
    }

    private Mono<byte[]> body(UpstreamResponse received) {
        var largest = largestBody.getAsInt();
        return switch (received) {
            case UpstreamResponse.Complete complete -> Mono.just(complete.body());
            case UpstreamResponse.Streamed streamed ->
                announcesMore(streamed.headers(), largest)
                        ? Mono.<byte[]>error(CollectedBody.TooLarge::new)
                                .doOnError(tooLarge -> streamed.discard().run())
                        : streamed.body()
                                .collect(() -> new CollectedBody(largest), CollectedBody::append)
                                .map(CollectedBody::bytes);
        };
    }

    private static boolean announcesMore(HttpHeaders headers, int largest) {
        var length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && Long.parseLong(length) > largest; // validated by the decoder
    }
}
