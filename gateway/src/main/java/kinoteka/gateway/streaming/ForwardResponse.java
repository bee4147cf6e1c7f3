package kinoteka.gateway.streaming;

import io.netty.handler.codec.http.HttpVersion;
import kinoteka.gateway.headers.ResponseHeaders;
import kinoteka.gateway.problem.ClientDisconnected;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Sends the client the catalogue's response: a complete one in one write, a stream chunk by chunk as the client takes them.
 *
 * <p>Reactor Netty flushes what it was given as soon as nothing more is there, and asks for more as writes succeed: a client that does
 * not read stops the upstream.
 */
final class ForwardResponse {

    private ForwardResponse() {}

    static Mono<Void> write(ServerWebExchange exchange, UpstreamResponse received) {
        var response = exchange.getResponse();
        HttpServerResponse server = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var request = RequestRecord.of(exchange);
        request.respondedBy(received.instance());
        response.setStatusCode(HttpStatusCode.valueOf(received.status()));
        ResponseHeaders.forward(received.headers(), server.responseHeaders());
        return switch (received) {
            case UpstreamResponse.Complete complete -> write(exchange, request, complete);
            case UpstreamResponse.Streamed streamed -> write(exchange, request, server, streamed);
        };
    }

    private static Mono<Void> write(
            ServerWebExchange exchange, RequestRecord request, UpstreamResponse.Complete complete) {
        var response = exchange.getResponse();
        if (exchange.getRequest().getMethod().equals(HttpMethod.HEAD)) {
            return response.writeWith(Flux.empty()); // keeps the length that GET would have
        }
        request.sent(complete.body().length);
        return complete.body().length == 0
                ? response.setComplete()
                : response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(complete.body())));
    }

    private static Mono<Void> write(
            ServerWebExchange exchange,
            RequestRecord request,
            HttpServerResponse server,
            UpstreamResponse.Streamed streamed) {
        var response = exchange.getResponse();
        var buffers = (NettyDataBufferFactory) response.bufferFactory();
        if (((HttpServerRequest) server).version().equals(HttpVersion.HTTP_1_0)) {
            server.chunkedTransfer(false); // only the end of the connection tells its client of the end
        }
        var client = (Connection) server;
        return response.writeWith(streamed.body()
                        .doOnError(
                                ClientDisconnected.class, stalled -> client.dispose()) // what waits to be sent never is
                        .map(buffer -> {
                            request.sent(buffer.readableBytes());
                            return buffers.wrap(buffer);
                        }))
                .then(Mono.defer(() -> checkTaken(client)))
                .doFinally(signal -> streamed.discard().run()); // in case nobody has subscribed to the body
    }

    /** Reactor Netty completes a stream whose client is gone as if it had been written. */
    private static Mono<Void> checkTaken(Connection client) {
        return client.channel().isActive() ? Mono.empty() : Mono.error(new ClientDisconnected());
    }
}
