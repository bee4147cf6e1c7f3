package kinoteka.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import kinoteka.gateway.connections.Connections;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.RequestOrigin;
import kinoteka.gateway.tls.TlsSettings;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.transport.http1.Http1Pipeline;
import kinoteka.gateway.transport.http2.Http2Pipeline;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerState;

/** Adds to the public servers what {@code server.*} cannot configure: limits, deadlines, and a problem for each rejection. */
@Component
public class PublicServer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    /** Streams that one HTTP/2 connection may have open at the same time; RFC 9113, 6.5.2 recommends no fewer. */
    private static final long STREAMS = 100;

    private final long headerLimit;
    private final TlsSettings tls;
    private final Connections connections;
    private final Http1Pipeline http1;
    private final Http2Pipeline http2;
    private final TransportProblems problems;
    private final TransportErrors errors;

    PublicServer(
            ServerProperties server,
            TlsSettings tls,
            Connections connections,
            Http1Pipeline http1,
            Http2Pipeline http2,
            TransportProblems problems,
            TransportErrors errors) {
        this.headerLimit = server.getMaxHttpRequestHeaderSize().toBytes();
        this.tls = tls;
        this.connections = connections;
        this.http1 = http1;
        this.http2 = http2;
        this.problems = problems;
        this.errors = errors;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(this::customize);
    }

    private HttpServer customize(HttpServer server) {
        return handleRejections(server)
                .doOnChannelInit((observer, channel, address) -> accept(channel))
                .http2Settings(spec -> spec.maxConcurrentStreams(STREAMS).maxHeaderListSize(headerLimit));
    }

    /** Returns a server that responds with problems where Reactor Netty and Spring would respond with an empty 400. */
    public HttpServer handleRejections(HttpServer server) {
        return server.childObserve(this::countInvalid).mapHandle(this::handle);
    }

    private void accept(Channel channel) {
        if (!connections.admit(channel)) {
            reset(channel);
            return;
        }
        var pipeline = channel.pipeline();
        pipeline.addBefore(NettyPipeline.ReactiveBridge, null, errors);
        if (pipeline.get(NettyPipeline.SslHandler) == null) {
            http1.addTo(pipeline);
            pipeline.addBefore(NettyPipeline.ReactiveBridge, null, new PriorKnowledgeHandler(this::switchToHttp2));
        } else {
            pipeline.addAfter(
                    NettyPipeline.SslHandler,
                    null,
                    new TlsHandshakeHandler(tls.handshakeTimeout(), errors, this::configureNegotiated));
        }
    }

    /** Closes the connection at once and without a trace of it in the kernel. */
    private static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.unsafe().close(channel.newPromise());
    }

    private void configureNegotiated(ChannelPipeline pipeline) {
        if (pipeline.context(HttpServerCodec.class) != null) {
            http1.addTo(pipeline);
        } else {
            http2.addTo(pipeline);
        }
    }

    private void switchToHttp2(ChannelPipeline pipeline) {
        http1.removeFrom(pipeline);
        pipeline.remove(errors);
        http2.addTo(pipeline);
    }

    /** Reactor Netty responds with an empty 400 to a request of which it cannot make an exchange. */
    private void countInvalid(Connection connection, ConnectionObserver.State state) {
        if (state == HttpServerState.REQUEST_DECODING_FAILED && isStream(connection.channel())) {
            problems.count(Problem.REQUEST_MALFORMED, RejectedRequest.unknown(connection.channel()));
        }
    }

    private static boolean isStream(Channel channel) {
        return channel instanceof Http2StreamChannel || channel instanceof QuicStreamChannel;
    }

    /**
     * Responds to what must not reach the filters, or never does: Spring rejects a target that {@link java.net.URI} cannot parse
     * with an empty 400. It sets that status when it is called, which is before this.
     */
    private Mono<Void> handle(Mono<Void> handled, Connection connection) {
        var response = (HttpServerResponse) connection;
        if (response.status().equals(HttpResponseStatus.BAD_REQUEST)) {
            return reject(connection, Problem.REQUEST_TARGET_REFUSED, "The target is not a URI.");
        }
        if (http1.hasMalformedBody(connection.channel())) {
            return reject(connection, Problem.REQUEST_MALFORMED, TransportProblems.detail(Problem.REQUEST_MALFORMED));
        }
        return handled;
    }

    private Mono<Void> reject(Connection connection, Problem problem, String detail) {
        var request = (HttpServerRequest) connection;
        return problems.send(
                (HttpServerResponse) connection,
                problem,
                detail,
                RejectedRequest.of(
                        request.method().name(),
                        request.uri(),
                        RequestOrigin.of(request.version().text(), connection.channel()),
                        request.requestHeaders().getAll(Trace.TRACEPARENT)));
    }
}
