package kinoteka.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.util.List;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemBody;
import kinoteka.gateway.request.RequestRecords;
import kinoteka.gateway.trace.Trace;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerState;

/** What the public server has beyond the limits in {@code server.*}: deadlines, and a problem for every refusal. */
@Component
class PublicServer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    /** Requests one HTTP/2 connection may have open at a time; RFC 9113, 6.5.2 advises no fewer. */
    private static final long STREAMS = 100;

    private final RequestSettings settings;
    private final long headerLimit;
    private final PlainProblems problems;
    private final RequestRecords records;
    private final DateField date;

    PublicServer(
            RequestSettings settings,
            ServerProperties server,
            PlainProblems problems,
            RequestRecords records,
            DateField date) {
        this.settings = settings;
        this.headerLimit = server.getMaxHttpRequestHeaderSize().toBytes();
        this.problems = problems;
        this.records = records;
        this.date = date;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(this::customize);
    }

    private HttpServer customize(HttpServer server) {
        return server.doOnChannelInit((observer, channel, address) -> guard(channel))
                .http2Settings(http2 -> http2.maxConcurrentStreams(STREAMS).maxHeaderListSize(headerLimit))
                .childObserve(this::countUndecodable)
                .mapHandle(this::answer);
    }

    /** With TLS it is settled in the handshake whether there will be HTTP/1.1 on the connection. */
    private void guard(Channel channel) {
        if (channel.pipeline().context(HttpServerCodec.class) != null) {
            guardHttp1(channel.pipeline());
        } else {
            channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, null, new AfterHandshake(this::guardHttp1));
        }
    }

    private void guardHttp1(ChannelPipeline pipeline) {
        var codec = pipeline.context(HttpServerCodec.class);
        if (codec != null) {
            var deadline = new HeaderDeadline(settings.headerDeadline(), problems);
            pipeline.addBefore(codec.name(), null, deadline);
            pipeline.addAfter(codec.name(), null, deadline.behindCodec());
            pipeline.addAfter(codec.name(), null, new Undecodable(problems));
        }
    }

    /** On HTTP/2 that is an authority that is none; Reactor Netty's bare 400 to it leaves no room for a problem. */
    private void countUndecodable(Connection connection, ConnectionObserver.State state) {
        if (state == HttpServerState.REQUEST_DECODING_FAILED && connection.channel() instanceof Http2StreamChannel) {
            records.rejected("", "", Trace.from(List.of()), HttpStatus.BAD_REQUEST.value());
        }
    }

    private Mono<Void> answer(Mono<Void> handled, Connection connection) {
        ((HttpServerResponse) connection).header(HttpHeaderNames.DATE, date.now());
        return answerUnparsed(handled, connection);
    }

    /**
     * Spring answers a target that {@link java.net.URI} cannot parse before any filter sees it, with a bare 400. That
     * status is set when the handler is applied, which is before this.
     */
    private Mono<Void> answerUnparsed(Mono<Void> handled, Connection connection) {
        var response = (HttpServerResponse) connection;
        return response.status().equals(HttpResponseStatus.BAD_REQUEST)
                ? Mono.defer(() -> answerUnparsed((HttpServerRequest) connection, response))
                : handled;
    }

    private Mono<Void> answerUnparsed(HttpServerRequest request, HttpServerResponse response) {
        var problem = Problem.REQUEST_TARGET_REFUSED;
        var trace = Trace.from(request.requestHeaders().getAll(Trace.TRACEPARENT));
        var json = ProblemBody.json(problem, "The target is not a URI.", request.uri(), trace.traceId());
        records.rejected(
                request.hostName(),
                request.method().name(),
                trace,
                problem.status().value());
        return response.header("Content-Type", ProblemBody.MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .sendByteArray(Mono.just(json))
                .then();
    }
}
