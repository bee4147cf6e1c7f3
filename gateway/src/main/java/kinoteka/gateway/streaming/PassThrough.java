package kinoteka.gateway.streaming;

import io.netty.handler.codec.http.HttpVersion;
import kinoteka.gateway.Stage;
import kinoteka.gateway.problem.ClientLeft;
import kinoteka.gateway.upstream.CancelledCalls;
import kinoteka.gateway.upstream.StallLimit;
import kinoteka.gateway.upstream.UpstreamFailures;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Passes the upstream's answer on: a stream chunk by chunk as its client takes them, a small whole in one write.
 *
 * <p>Reactor Netty flushes what it was given as soon as nothing more is there, and asks the upstream for more as writes
 * succeed: a client that does not read stops the upstream, with at most 128 chunks of 8 KiB under way.
 */
@Component
class PassThrough implements GlobalFilter, Ordered {

    private final StallLimit stallLimit;
    private final UpstreamFailures failures;

    PassThrough(StallLimit stallLimit, UpstreamFailures failures) {
        this.stallLimit = stallLimit;
        this.failures = failures;
    }

    @Override
    public int getOrder() {
        return Stage.STREAMING.getOrder();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange).then(Mono.defer(() -> passOn(exchange))).doFinally(signal -> {
            if (signal != SignalType.ON_COMPLETE) {
                abandon(exchange);
            }
        });
    }

    private Mono<Void> passOn(ServerWebExchange exchange) {
        Connection upstream = exchange.getRequiredAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
        HttpClientResponse answer = exchange.getRequiredAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
        var asStream =
                exchange.getRequest().getMethod().equals(HttpMethod.HEAD) || Streams.isStream(answer.responseHeaders());
        return asStream ? passStream(exchange, upstream) : passWhole(exchange, upstream);
    }

    /** The connection to the upstream is closed too if nobody reads its response to the end. */
    private static void abandon(ServerWebExchange exchange) {
        Connection upstream = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
        if (upstream != null) {
            CancelledCalls.close(upstream);
        }
    }

    private Mono<Void> passWhole(ServerWebExchange exchange, Connection upstream) {
        var response = exchange.getResponse();
        var buffers = (NettyDataBufferFactory) response.bufferFactory();
        return response.writeWith(upstream.inbound()
                .receive()
                .aggregate()
                .retain()
                .onErrorMap(failure -> failures.told(failure, exchange))
                .map(buffers::wrap));
    }

    private Mono<Void> passStream(ServerWebExchange exchange, Connection upstream) {
        stallLimit.apply(upstream);
        var response = exchange.getResponse();
        var buffers = (NettyDataBufferFactory) response.bufferFactory();
        HttpServerResponse server = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        if (server.version().equals(HttpVersion.HTTP_1_0)) {
            server.chunkedTransfer(false); // its only sign of the end is that the connection closes
        }
        return response.writeWith(upstream.inbound()
                        .receive()
                        .retain()
                        .onErrorMap(failure -> failures.told(failure, exchange))
                        .map(buffers::wrap))
                .then(Mono.defer(() -> checkTaken((Connection) server)));
    }

    /** Reactor Netty completes a stream whose client is gone as if it had been written. */
    private static Mono<Void> checkTaken(Connection client) {
        return client.channel().isActive() ? Mono.empty() : Mono.error(new ClientLeft());
    }
}
