package kinoteka.gateway.streaming;

import kinoteka.gateway.Stage;
import kinoteka.gateway.headers.RequestHeaders;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.routing.RequestTarget;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamFailures;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamRequest.Body;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** The end of Spring Cloud Gateway's filter chain: calls the {@link Upstream} and sends the client its response. */
@Component
class ForwardToUpstream implements GlobalFilter, Ordered {

    private final Upstream upstream;
    private final RequestHeaders headers;
    private final UpstreamFailures failures;
    private final ClientStreams streams;

    ForwardToUpstream(Upstream upstream, RequestHeaders headers, UpstreamFailures failures, ClientStreams streams) {
        this.upstream = upstream;
        this.headers = headers;
        this.failures = failures;
        this.streams = streams;
    }

    @Override
    public int getOrder() {
        return Stage.UPSTREAM.getOrder();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var forwarded = exchange.getRequest() instanceof LimitedRequestBody body
                ? body.read().flatMap(read -> forward(exchange, read))
                : forward(exchange, Body.NONE);
        return forwarded.onErrorMap(
                UpstreamException.class,
                failure -> failures.toProblem(failure, Trace.of(exchange).traceId()));
    }

    private Mono<Void> forward(ServerWebExchange exchange, Body body) {
        var pool = pool(exchange, body);
        var forwarded = upstream.call(request(exchange, body, pool))
                .flatMap(response -> ForwardResponse.write(exchange, response));
        return pool == PoolName.STREAMS
                ? streams.limit(exchange.getRequest().getRemoteAddress(), forwarded)
                : forwarded;
    }

    private UpstreamRequest request(ServerWebExchange exchange, Body body, PoolName pool) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        return new UpstreamRequest(
                received.method(),
                RequestTarget.pathAndQuery(received.uri()),
                headers.forward(received, Trace.of(exchange)),
                body,
                pool);
    }

    private static PoolName pool(ServerWebExchange exchange, Body body) {
        var endpoint = Endpoint.of(exchange);
        var isList = endpoint != null
                && endpoint.isList()
                && exchange.getRequest().getMethod().equals(HttpMethod.GET);
        return isList || body instanceof Body.Streamed ? PoolName.STREAMS : PoolName.REQUESTS;
    }
}
