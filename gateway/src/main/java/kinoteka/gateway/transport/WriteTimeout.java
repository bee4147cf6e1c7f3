package kinoteka.gateway.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose client does not receive what is sent to it: when bytes wait to be sent and none of them has left for the
 * timeout. There is no timer while nothing waits, as is so after nearly every flush.
 */
public final class WriteTimeout extends ChannelDuplexHandler {

    private final Duration timeout;
    private final TransportErrors errors;
    private @Nullable Position last;
    private @Nullable Future<?> timer;

    /** @param timeout time without progress */
    public WriteTimeout(Duration timeout, TransportErrors errors) {
        this.timeout = timeout;
        this.errors = errors;
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (timer == null) {
            startIfWaiting(ctx);
        }
    }

    private void startIfWaiting(ChannelHandlerContext ctx) {
        timer = null;
        var buffer = ctx.channel().unsafe().outboundBuffer();
        if (buffer != null && !buffer.isEmpty()) {
            last = Position.of(buffer);
            timer = ctx.executor().schedule(() -> check(ctx), timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private void check(ChannelHandlerContext ctx) {
        var buffer = ctx.channel().unsafe().outboundBuffer();
        if (buffer != null && !buffer.isEmpty() && Position.of(buffer).equals(last)) {
            errors.record(TransportErrors.Kind.WRITE_TIMEOUT, ctx, "nothing sent for " + timeout);
            ctx.close();
        } else {
            startIfWaiting(ctx);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /**
     * How far the sending is. A buffer may be used again for other bytes, so that the first one alone does not tell.
     *
     * @param first identity of the first buffer that waits
     * @param sent bytes of it that have left
     * @param pending bytes of all buffers
     */
    private record Position(int first, long sent, long pending) {

        static Position of(ChannelOutboundBuffer buffer) {
            return new Position(
                    System.identityHashCode(buffer.current()),
                    buffer.currentProgress(),
                    buffer.totalPendingWriteBytes());
        }
    }
}
