package kinoteka.gateway.transport.http3.stream;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.time.Duration;
import kinoteka.gateway.connections.ConnectionSettings;
import kinoteka.gateway.transport.DateHeader;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportErrors.Kind;
import kinoteka.gateway.transport.TransportProblems;
import reactor.netty.NettyPipeline;

/**
 * Adds the handlers of each request to its stream, and closes a connection on which too many requests end before their responses: a client
 * that cancels at once costs much and waits for nothing, as with rapid reset of HTTP/2.
 */
public final class RequestStreams extends ChannelInboundHandlerAdapter {

    /** As Netty has them for HTTP/2. */
    private static final int MOST_CANCELLED = 200;

    private static final long PERIOD = Duration.ofSeconds(30).toNanos();

    private final Duration headerDeadline;
    private final long headerLimit;
    private final ConnectionSettings settings;
    private final TransportProblems problems;
    private final DateHeader date;
    private final TransportErrors errors;
    private long periodStart = System.nanoTime();
    private int cancelled;

    /**
     * Creates the handler of one connection.
     *
     * @param headerDeadline time in which the headers of each request must arrive
     * @param headerLimit their largest size in bytes
     */
    public RequestStreams(
            Duration headerDeadline,
            long headerLimit,
            ConnectionSettings settings,
            TransportProblems problems,
            TransportErrors errors,
            DateHeader date) {
        this.headerDeadline = headerDeadline;
        this.headerLimit = headerLimit;
        this.settings = settings;
        this.problems = problems;
        this.errors = errors;
        this.date = date;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof QuicStreamChannel control && control.type() == QuicStreamType.UNIDIRECTIONAL) {
            control.pipeline().addLast(new ConnectionStreamHandler(errors));
        } else if (message instanceof QuicStreamChannel stream) {
            var response = addTo(stream);
            stream.closeFuture().addListener(closed -> {
                if (!response.isComplete()) {
                    countCancelled(ctx);
                }
            });
        }
        ctx.fireChannelRead(message);
    }

    private ResponseHandler addTo(QuicStreamChannel stream) {
        var response = new ResponseHandler(date, settings, errors);
        stream.pipeline()
                .addLast(
                        new ChannelInitializer<>() { // behind that of Reactor Netty, which adds the codec
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline()
                                        .addBefore(
                                                NettyPipeline.H3ToHttp11Codec,
                                                null,
                                                new StreamErrorHandler(problems, errors))
                                        .addAfter(NettyPipeline.H3ToHttp11Codec, null, response)
                                        .addAfter(
                                                decoder(channel.pipeline()),
                                                null,
                                                new RequestValidator(headerLimit, problems, errors))
                                        .addAfter(
                                                NettyPipeline.H3ToHttp11Codec,
                                                null,
                                                new RequestHandler(headerDeadline, problems));
                            }
                        });
        return response;
    }

    /** The name of Netty's decoder of frames, which is the first handler. */
    private static String decoder(ChannelPipeline pipeline) {
        return pipeline.firstContext().name();
    }

    private void countCancelled(ChannelHandlerContext ctx) {
        var now = System.nanoTime();
        if (now - periodStart > PERIOD) {
            periodStart = now;
            cancelled = 0;
        }
        cancelled++;
        if (cancelled == MOST_CANCELLED + 1) {
            close(ctx);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private void close(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            errors.record(Kind.HTTP3_CONNECTION, ctx, "too many cancelled requests");
            ((QuicChannel) ctx.channel()).close(true, Http3ErrorCode.H3_EXCESSIVE_LOAD.code(), Unpooled.EMPTY_BUFFER);
        }
    }
}
