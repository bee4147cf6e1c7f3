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

    /** How many times in a timeout the progress is looked at. One look could take a buffer that is used again for the one before. */
    private static final int LOOKS = 4;

    private final Duration timeout;
    private final TransportErrors errors;
    private Position last = Position.NONE;
    private int looksWithoutProgress;
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
            looksWithoutProgress = 0;
            lookAgainIfWaiting(ctx);
        }
    }

    private void lookAgainIfWaiting(ChannelHandlerContext ctx) {
        timer = null;
        var buffer = ctx.channel().unsafe().outboundBuffer();
        if (buffer != null && !buffer.isEmpty()) {
            last = Position.of(buffer);
            timer = ctx.executor().schedule(() -> look(ctx), timeout.toNanos() / LOOKS, TimeUnit.NANOSECONDS);
        }
    }

    private void look(ChannelHandlerContext ctx) {
        var buffer = ctx.channel().unsafe().outboundBuffer();
        var stalled = buffer != null && !buffer.isEmpty() && Position.of(buffer).isNoProgressSince(last);
        looksWithoutProgress = stalled ? looksWithoutProgress + 1 : 0;
        if (looksWithoutProgress == LOOKS) {
            errors.record(TransportErrors.Kind.WRITE_TIMEOUT, ctx, "nothing sent for " + timeout);
            ctx.channel()
                    .unsafe()
                    .close(ctx.newPromise()); // at once: a close of HTTP/2 would wait until GOAWAY is sent
        } else {
            lookAgainIfWaiting(ctx);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /**
     * How far the sending is.
     *
     * @param first identity of the first buffer that waits
     * @param sent bytes of it that have left
     * @param pending bytes of all buffers
     */
    private record Position(int first, long sent, long pending) {

        static final Position NONE = new Position(0, 0, 0);

        static Position of(ChannelOutboundBuffer buffer) {
            return new Position(
                    System.identityHashCode(buffer.current()),
                    buffer.currentProgress(),
                    buffer.totalPendingWriteBytes());
        }

        /** More bytes that wait are no progress. */
        boolean isNoProgressSince(Position before) {
            return first == before.first && sent == before.sent && pending >= before.pending;
        }
    }
}
