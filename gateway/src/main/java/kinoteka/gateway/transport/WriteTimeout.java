package kinoteka.gateway.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose client does not receive what is sent to it: bytes wait to be sent, and for the timeout none of them could be
 * sent. There is no timer while no bytes wait, which is the case after nearly every flush.
 */
public final class WriteTimeout extends ChannelDuplexHandler {

    /**
     * Number of checks in one timeout. All must find no progress: Netty may reuse a buffer object, so that a single comparison can
     * mistake a new buffer for the old one.
     */
    private static final int CHECKS = 4;

    private final Duration timeout;
    private final TransportErrors errors;
    private Position last = Position.NONE;
    private int checksWithoutProgress;
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
            checksWithoutProgress = 0;
            checkLaterIfWaiting(ctx);
        }
    }

    private void checkLaterIfWaiting(ChannelHandlerContext ctx) {
        timer = null;
        var buffer = ctx.channel().unsafe().outboundBuffer();
        if (buffer != null && !buffer.isEmpty()) {
            last = Position.of(buffer);
            timer = ctx.executor().schedule(() -> check(ctx), timeout.toNanos() / CHECKS, TimeUnit.NANOSECONDS);
        }
    }

    private void check(ChannelHandlerContext ctx) {
        var buffer = ctx.channel().unsafe().outboundBuffer();
        var stalled = buffer != null && !buffer.isEmpty() && Position.of(buffer).isNoProgressSince(last);
        checksWithoutProgress = stalled ? checksWithoutProgress + 1 : 0;
        if (checksWithoutProgress == CHECKS) {
            errors.record(TransportErrors.Kind.WRITE_TIMEOUT, ctx, "nothing sent for " + timeout);
            ctx.channel()
                    .unsafe()
                    .close(ctx.newPromise()); // at once: a close of HTTP/2 would wait until GOAWAY is sent
        } else {
            checkLaterIfWaiting(ctx);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /**
     * The progress of sending.
     *
     * @param first identity of the first waiting buffer
     * @param sent bytes of that buffer that have been sent
     * @param pending bytes of all waiting buffers
     */
    private record Position(int first, long sent, long pending) {

        static final Position NONE = new Position(0, 0, 0);

        static Position of(ChannelOutboundBuffer buffer) {
            return new Position(
                    System.identityHashCode(buffer.current()),
                    buffer.currentProgress(),
                    buffer.totalPendingWriteBytes());
        }

        /** Whether nothing was sent in between. More waiting bytes are no progress. */
        boolean isNoProgressSince(Position before) {
            return first == before.first && sent == before.sent && pending >= before.pending;
        }
    }
}
