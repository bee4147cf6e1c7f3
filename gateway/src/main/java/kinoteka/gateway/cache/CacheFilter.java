package kinoteka.gateway.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.cache.coherence.Dependencies;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.cache.lookup.CacheLookup;
import kinoteka.gateway.cache.lookup.CacheStatus;
import kinoteka.gateway.cache.store.CacheRequest;
import kinoteka.gateway.cache.store.StoredResponse;
import kinoteka.gateway.cache.store.VaryNames;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemResponse;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.routing.RequestTarget;
import kinoteka.gateway.streaming.LongBodies;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Sends stored responses, before anything is done that only a call of the catalogue needs. */
final class CacheFilter implements PublicFilter {

    private final Versions versions;
    private final CacheLookup lookup;
    private final VaryNames vary;
    private final CacheMetrics metrics;
    private final LongBodies longBodies;

    CacheFilter(Versions versions, CacheLookup lookup, VaryNames vary, CacheMetrics metrics, LongBodies longBodies) {
        this.versions = versions;
        this.lookup = lookup;
        this.vary = vary;
        this.metrics = metrics;
        this.longBodies = longBodies;
    }

    @Override
    public Stage stage() {
        return Stage.CACHE;
    }

    @Override
    public DirectStage direct() {
        return DirectStage.UNAFFECTED; // the responder is the cache
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        var endpoint = Endpoint.of(exchange);
        if (endpoint == null || !Dependencies.of(endpoint).isCacheable()) {
            return chain.filter(exchange);
        }
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        if (!received.method().equals(HttpMethod.GET) && !received.method().equals(HttpMethod.HEAD)) {
            return chain.filter(exchange);
        }
        var asked = CacheRequest.of(
                endpoint,
                received.method(),
                RequestTarget.pathAndQuery(received.uri()),
                received.requestHeaders(),
                vary);
        if (versions.isCaughtUp() && !asked.hasCredentials() && !asked.hasForeignConditions()) {
            var found = lookup.find(asked);
            if (found.response() != null
                    && found.hit() != null
                    && longBodies.hasRoom(found.response().body().length)) {
                return send(exchange, asked, found.response(), found.hit());
            }
        }
        return asked.directives().onlyIfCached() ? rejectOnlyIfCached(exchange, endpoint) : chain.filter(exchange);
    }

    private Mono<Void> send(ServerWebExchange exchange, CacheRequest asked, StoredResponse stored, CacheStatus status) {
        var request = RequestRecord.of(exchange);
        metrics.count(asked.endpoint(), request.call(), status);
        var response = exchange.getResponse();
        HttpServerResponse server = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var isKnown = asked.knows(stored);
        var headers = server.responseHeaders();
        headers.remove(HttpHeaderNames.DATE); // replaced by that of the stored response
        CacheHeaders.addStored(
                isKnown ? stored.notModifiedHeaders() : stored.headers(), status, stored.age(lookup.now()), headers);
        if (isKnown) {
            response.setStatusCode(HttpStatusCode.valueOf(CacheHeaders.NOT_MODIFIED));
            return response.setComplete();
        }
        response.setStatusCode(HttpStatusCode.valueOf(stored.status()));
        if (asked.isHead() || stored.body().length == 0) {
            return response.writeWith(Flux.empty());
        }
        var body = stored.body();
        request.sent(body.length);
        var written = response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
        return longBodies.send(exchange.getRequest().getRemoteAddress(), body.length, written);
    }

    private Mono<Void> rejectOnlyIfCached(ServerWebExchange exchange, Endpoint endpoint) {
        metrics.count(endpoint, RequestRecord.of(exchange).call(), CacheStatus.ONLY_IF_CACHED);
        exchange.getResponse().getHeaders().set(CacheStatus.HEADER, CacheStatus.ONLY_IF_CACHED.value());
        return ProblemResponse.write(
                exchange, Problem.NOT_CACHED, "No stored response is fit for this request, and it is only-if-cached.");
    }
}
