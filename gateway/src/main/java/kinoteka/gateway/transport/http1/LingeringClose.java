package kinoteka.gateway.transport.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose client may still be sending. A socket that is closed with unread data resets the connection, and the
 * client would lose the response. So the output is closed first, and what arrives is discarded until the client closes its
 * side, or until a limit is reached (RFC 9112, 9.6). Stands before the TLS handler: nothing is decrypted any more.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {

    private final long limit;
    private final Duration timeout;
    private long discarded;
    private @Nullable Future<?> timer;

    /**
     * Begins when the handler is added to the pipeline.
     *
     * @param limit bytes that are discarded at most
     * @param timeout time until the connection is closed at the latest
     */
    LingeringClose(long limit, Duration timeout) {
        this.limit = limit;
        this.timeout = timeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> close(ctx), timeout.toNanos(), TimeUnit.NANOSECONDS);
        var tls = ctx.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutdownOutput(ctx.channel());
        } else {
            tls.closeOutbound().addListener(closed -> shutdownOutput(ctx.channel()));
        }
        ctx.channel().config().setAutoRead(true);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // if it fails, the connection is closed already
    private static void shutdownOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        discarded += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (discarded > limit) {
            close(ctx);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private static void close(ChannelHandlerContext ctx) {
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
