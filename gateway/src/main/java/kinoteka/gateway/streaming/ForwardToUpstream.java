package kinoteka.gateway.streaming;

import java.util.Objects;
import kinoteka.gateway.Stage;
import kinoteka.gateway.headers.RequestHeaders;
import kinoteka.gateway.problem.ProblemException;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.routing.RequestTarget;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamFailures;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamRequest.Body;
import kinoteka.gateway.upstream.UpstreamResponse;
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
    private final LongBodies longBodies;

    ForwardToUpstream(
            Upstream upstream,
            RequestHeaders headers,
            UpstreamFailures failures,
            ClientStreams streams,
            LongBodies longBodies) {
        this.upstream = upstream;
        this.headers = headers;
        this.failures = failures;
        this.streams = streams;
        this.longBodies = longBodies;
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
                failure -> failures.toProblem(
                        failure,
                        Trace.of(exchange).traceId(),
                        isSafe(exchange.getRequest().getMethod())));
    }

    private static boolean isSafe(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS);
    }

    private Mono<Void> forward(ServerWebExchange exchange, Body body) {
        var endpoint = Objects.requireNonNull(Endpoint.of(exchange), "requests without an endpoint are rejected");
        var pool = pool(endpoint, exchange, body);
        var called = upstream.call(request(endpoint, exchange, body, pool));
        return pool == PoolName.STREAMS
                ? limit(
                        exchange,
                        called.flatMap(response ->
                                longBodies.hold(length(response), ForwardResponse.write(exchange, response))))
                : called.flatMap(response -> respond(exchange, response));
    }

    /** A response may be a stream although none was expected, because it is longer than others of its endpoint. */
    private Mono<Void> respond(ServerWebExchange exchange, UpstreamResponse response) {
        return response instanceof UpstreamResponse.Streamed streamed
                ? limit(exchange, Mono.defer(() -> ForwardResponse.write(exchange, streamed)))
                        .doOnError(ProblemException.class, rejected -> streamed.discard()
                                .run())
                : longBodies.send(
                        exchange.getRequest().getRemoteAddress(),
                        length(response),
                        ForwardResponse.write(exchange, response));
    }

    /** The length of a body in memory. */
    private static int length(UpstreamResponse response) {
        return response instanceof UpstreamResponse.Complete complete ? complete.body().length : 0;
    }

    private Mono<Void> limit(ServerWebExchange exchange, Mono<Void> stream) {
        return streams.limit(exchange.getRequest().getRemoteAddress(), stream);
    }

    private UpstreamRequest request(Endpoint endpoint, ServerWebExchange exchange, Body body, PoolName pool) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        return new UpstreamRequest(
                endpoint,
                received.method(),
                RequestTarget.pathAndQuery(received.uri()),
                headers.forward(received, Trace.of(exchange)),
                body,
                pool,
                RequestRecord.of(exchange).call());
    }

    private static PoolName pool(Endpoint endpoint, ServerWebExchange exchange, Body body) {
        var isLong = endpoint.isLong() && exchange.getRequest().getMethod().equals(HttpMethod.GET);
        return isLong || body instanceof Body.Streamed ? PoolName.STREAMS : PoolName.REQUESTS;
    }
}
