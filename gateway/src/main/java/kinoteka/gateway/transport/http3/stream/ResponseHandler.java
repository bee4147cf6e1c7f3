package kinoteka.gateway.transport.http3.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.connections.ConnectionSettings;
import kinoteka.gateway.transport.DateHeader;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportErrors.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Sets {@code Date} on the response of a stream and ends the stream: one whose response is incomplete with a reset, because Netty would end
 * it as if it were complete; one whose request is incomplete when the client has had some time to finish it; and one of whose
 * response the client takes nothing for too long.
 */
final class ResponseHandler extends ChannelDuplexHandler {

    /** Bytes of the rest of a request that are read and discarded, as on HTTP/2. */
    private static final int REST_LIMIT = 65_535;

    private static final ByteBuf RESERVED_FRAME =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(2).writeByte(0x21).writeByte(0));

    private final DateHeader date;
    private final ConnectionSettings settings;
    private final TransportErrors errors;
    private int waiting;
    private int rest = REST_LIMIT;
    private boolean complete;
    private @Nullable Future<?> timer;

    ResponseHandler(DateHeader date, ConnectionSettings settings, TransportErrors errors) {
        this.date = date;
        this.settings = settings;
        this.errors = errors;
    }

    /** Whether the whole response has been passed to QUIC. */
    boolean isComplete() {
        return complete;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (complete && message instanceof HttpContent content) {
            rest -= content.content().readableBytes();
            if (rest < 0) {
                stopRequest(ctx);
            }
        }
        ctx.fireChannelRead(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which the caller has
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        var isInterim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof HttpResponse response && !isInterim) {
            response.headers().set(HttpHeaderNames.DATE, date.now());
        }
        var isLast = message instanceof LastHttpContent && !isInterim;
        waiting++;
        var written = promise.unvoid();
        written.addListener(done -> {
            waiting--;
            if (isLast && done.isSuccess()) {
                end(ctx);
                complete(ctx);
            } else if (timer != null) {
                restart(ctx);
            }
        });
        ctx.write(message, written);
        if (!written.isDone() && isCancelled(ctx)) {
            ctx.executor().execute(() -> close(ctx, ctx.newPromise()));
        }
    }

    /**
     * Whether a write waits although the client has room for it. Netty does not tell that a client has cancelled a request, and lets the writes
     * to its stream wait for ever (netty#15924, netty#17380).
     */
    private static boolean isCancelled(ChannelHandlerContext ctx) {
        return ctx.channel().bytesBeforeUnwritable() > 0;
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (timer == null && !complete) {
            restart(ctx);
        }
    }

    /** Without a timer while nothing waits, as is so after nearly every flush. */
    private void restart(ChannelHandlerContext ctx) {
        stopTimer();
        if (waiting > 0) {
            timer = ctx.executor()
                    .schedule(() -> expire(ctx), settings.writeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private void expire(ChannelHandlerContext ctx) {
        errors.record(Kind.WRITE_TIMEOUT, ctx, "nothing sent for " + settings.writeTimeout());
        close(ctx, ctx.newPromise());
    }

    /**
     * Ends the stream with a frame of a reserved type, which clients ignore (RFC 9114, 7.2.8). Netty would send the end without any data
     * afterwards. Quiche takes that for acknowledged when the data before it is, and does not send it again if it was lost.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
    private static void end(ChannelHandlerContext ctx) {
        ctx.pipeline().firstContext().writeAndFlush(new DefaultQuicStreamFrame(RESERVED_FRAME.duplicate(), true));
    }

    private void complete(ChannelHandlerContext ctx) {
        complete = true;
        stopTimer();
        if (!((QuicStreamChannel) ctx.channel()).isInputShutdown()) {
            timer = ctx.executor()
                    .schedule(() -> stopRequest(ctx), settings.lingerTimeout().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** The client has the whole response, and is to send no more of its request (RFC 9114, 4.1). */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
    private void stopRequest(ChannelHandlerContext ctx) {
        var stream = (QuicStreamChannel) ctx.channel();
        stream.shutdownInput(Http3ErrorCode.H3_NO_ERROR.code(), stream.newPromise());
        ctx.close();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!complete && ctx.channel().isActive()) {
            var stream = (QuicStreamChannel) ctx.channel();
            stream.shutdown(Http3ErrorCode.H3_INTERNAL_ERROR.code(), stream.newPromise());
        }
        ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopTimer();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopTimer();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
