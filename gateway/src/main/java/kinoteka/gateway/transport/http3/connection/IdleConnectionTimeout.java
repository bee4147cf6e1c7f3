package kinoteka.gateway.transport.http3.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.connections.ShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection on which there was no request for some time, as a shutdown would end it. The time limit of QUIC itself does not, if the
 * client keeps the connection alive with PING frames (RFC 9000, 10.1.2).
 */
public final class IdleConnectionTimeout extends ChannelInboundHandlerAdapter {

    private final long limit;
    private int open;
    private long lastEnd;
    private @Nullable Future<?> timer;

    /** @param limit time from the end of the last request, or from the handshake if there was none */
    public IdleConnectionTimeout(Duration limit) {
        this.limit = limit.toNanos();
    }

    /** The only timer is checked when it expires, so that a request does not need one. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        lastEnd = System.nanoTime();
        schedule(ctx, limit);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof QuicStreamChannel stream && stream.type() == QuicStreamType.BIDIRECTIONAL) {
            open++;
            stream.closeFuture().addListener(closed -> {
                open--;
                lastEnd = System.nanoTime();
            });
        }
        ctx.fireChannelRead(message);
    }

    private void schedule(ChannelHandlerContext ctx, long nanos) {
        timer = ctx.executor().schedule(() -> check(ctx), nanos, TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext ctx) {
        var idle = System.nanoTime() - lastEnd;
        if (open > 0) {
            schedule(ctx, limit);
        } else if (idle < limit) {
            schedule(ctx, limit - idle);
        } else {
            ctx.fireUserEventTriggered(ShutdownEvent.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        handlerRemoved(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
