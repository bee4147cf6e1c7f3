package kinoteka.gateway.transport.http3;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.time.Duration;
import java.util.function.Function;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportErrors.Kind;

/**
 * Adds the handlers of each request to its stream, and closes a connection on which too many requests end before their responses: a client
 * that cancels at once costs much and waits for nothing, as with rapid reset of HTTP/2.
 */
final class RequestStreams extends ChannelInboundHandlerAdapter {

    /** As Netty has them for HTTP/2. */
    private static final int MOST_CANCELLED = 200;

    private static final long PERIOD = Duration.ofSeconds(30).toNanos();

    private final Function<QuicStreamChannel, ResponseHandler> handlers;
    private final TransportErrors errors;
    private long periodStart = System.nanoTime();
    private int cancelled;

    /** @param handlers adds the handlers of a request to its stream, and returns the one of its response */
    RequestStreams(Function<QuicStreamChannel, ResponseHandler> handlers, TransportErrors errors) {
        this.handlers = handlers;
        this.errors = errors;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof QuicStreamChannel control && control.type() == QuicStreamType.UNIDIRECTIONAL) {
            control.pipeline().addLast(errors);
        } else if (message instanceof QuicStreamChannel stream) {
            var response = handlers.apply(stream);
            stream.closeFuture().addListener(closed -> {
                if (!response.isComplete()) {
                    countCancelled(ctx);
                }
            });
        }
        ctx.fireChannelRead(message);
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
            ((QuicChannel) ctx.channel())
                    .close(true, Http3ErrorCode.H3_EXCESSIVE_LOAD.code(), Unpooled.EMPTY_BUFFER);
        }
    }
}
