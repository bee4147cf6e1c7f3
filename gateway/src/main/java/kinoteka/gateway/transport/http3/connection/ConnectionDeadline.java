package kinoteka.gateway.transport.http3.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportErrors.Kind;
import org.jspecify.annotations.Nullable;

/** Limits the time of the handshake and, behind it, the time until the first request begins. */
public final class ConnectionDeadline extends ChannelInboundHandlerAdapter {

    private final Duration handshakeTimeout;
    private final Duration requestDeadline;
    private final TransportErrors errors;
    private boolean shakingHands = true;
    private @Nullable Future<?> timer;

    public ConnectionDeadline(Duration handshakeTimeout, Duration requestDeadline, TransportErrors errors) {
        this.handshakeTimeout = handshakeTimeout;
        this.requestDeadline = requestDeadline;
        this.errors = errors;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        restart(ctx, handshakeTimeout, Kind.TLS_HANDSHAKE, "not complete within " + handshakeTimeout);
        ctx.channel().closeFuture().addListener(closed -> countUnfinished(ctx));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && shakingHands) {
            shakingHands = false;
            if (handshake.isSuccess()) {
                restart(ctx, requestDeadline, Kind.NO_REQUEST, "no request within " + requestDeadline);
            } else {
                handlerRemoved(ctx);
                errors.record(Kind.TLS_HANDSHAKE, ctx, String.valueOf(handshake.cause()));
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ctx.fireChannelRead(message);
        if (message instanceof QuicStreamChannel stream && stream.type() == QuicStreamType.BIDIRECTIONAL) {
            ctx.pipeline().remove(this);
        }
    }

    /** A failed handshake is an event, too. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof SSLException)) {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void restart(ChannelHandlerContext ctx, Duration time, Kind kind, String message) {
        handlerRemoved(ctx);
        timer = ctx.executor().schedule(() -> expire(ctx, kind, message), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private void expire(ChannelHandlerContext ctx, Kind kind, String message) {
        shakingHands = false;
        errors.record(kind, ctx, message);
        ((QuicChannel) ctx.channel()).close(true, Http3ErrorCode.H3_NO_ERROR.code(), Unpooled.EMPTY_BUFFER);
    }

    /** A connection without a complete handshake does not become inactive, because it was never active. */
    private void countUnfinished(ChannelHandlerContext ctx) {
        if (shakingHands) {
            errors.record(Kind.TLS_HANDSHAKE, ctx, "the client has closed the connection");
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
