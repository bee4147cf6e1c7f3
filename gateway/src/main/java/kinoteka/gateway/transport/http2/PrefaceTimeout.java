package kinoteka.gateway.transport.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.transport.TransportErrors;
import org.jspecify.annotations.Nullable;

/** Closes a connection on which the client does not send its connection preface in time (RFC 9113, 3.4). */
final class PrefaceTimeout extends ChannelInboundHandlerAdapter {

    private final Duration timeout;
    private final TransportErrors errors;
    private @Nullable Future<?> timer;

    PrefaceTimeout(Duration timeout, TransportErrors errors) {
        this.timeout = timeout;
        this.errors = errors;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor()
                .schedule(
                        () -> {
                            errors.record(TransportErrors.Kind.NO_REQUEST, ctx, "no preface within " + timeout);
                            ctx.close();
                        },
                        timeout.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** The first frame is SETTINGS, the end of the preface. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(frame);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
