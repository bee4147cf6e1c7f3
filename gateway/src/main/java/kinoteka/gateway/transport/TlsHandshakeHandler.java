package kinoteka.gateway.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the TLS handler until the handshake has completed. One that fails or takes too long is counted and closes the connection;
 * Netty would log it with a stack trace.
 */
final class TlsHandshakeHandler extends ChannelInboundHandlerAdapter {

    private final Duration timeout;
    private final TransportErrors errors;
    private final Consumer<ChannelPipeline> onNegotiated;
    private boolean failed;
    private @Nullable Future<?> timer;

    /** @param onNegotiated called when Reactor Netty has configured the pipeline for the negotiated protocol */
    TlsHandshakeHandler(Duration timeout, TransportErrors errors, Consumer<ChannelPipeline> onNegotiated) {
        this.timeout = timeout;
        this.errors = errors;
        this.onNegotiated = onNegotiated;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor()
                .schedule(() -> fail(ctx, "not complete within " + timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            ctx.fireUserEventTriggered(event);
        } else if (handshake.isSuccess()) {
            ctx.fireUserEventTriggered(event);
            ctx.pipeline().remove(this);
            onNegotiated.accept(ctx.pipeline());
        } else {
            fail(ctx, String.valueOf(handshake.cause()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause.toString());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private void fail(ChannelHandlerContext ctx, String reason) {
        if (!failed) {
            failed = true;
            errors.record(TransportErrors.Kind.TLS_HANDSHAKE, ctx, reason);
        }
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
