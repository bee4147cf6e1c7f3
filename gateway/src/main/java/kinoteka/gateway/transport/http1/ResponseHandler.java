package kinoteka.gateway.transport.http1;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import kinoteka.gateway.connections.ConnectionSettings;
import kinoteka.gateway.connections.Connections;
import kinoteka.gateway.connections.ShutdownEvent;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.transport.DateHeader;
import org.jspecify.annotations.Nullable;

/**
 * Sets {@code Date} on each response and decides which response is the last one of its connection: one to a request that was not
 * read to its end, and one while the gateway shuts down. After the last response the connection is closed, by {@link
 * LingeringClose} if the client may still be sending.
 */
final class ResponseHandler extends ChannelDuplexHandler {

    private final RequestProgress progress;
    private final Connections connections;
    private final Live<ConnectionSettings> settings;
    private final DateHeader date;

    /** A response that was given while the bytes that have arrived are being decoded: they may be the rest of its request. */
    private @Nullable Queue<Deferred> deferred;

    private boolean reading;
    private boolean lastResponse;
    private boolean surplusRequest;
    private boolean lingering;

    ResponseHandler(
            RequestProgress progress, Connections connections, Live<ConnectionSettings> settings, DateHeader date) {
        this.progress = progress;
        this.connections = connections;
        this.settings = settings;
        this.date = date;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        if (lastResponse && message instanceof HttpRequest) {
            surplusRequest = true; // the client can send it again, because it is not processed (RFC 9112, 9.6)
        }
        if (surplusRequest) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        writeDeferred(ctx);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        writeDeferred(ctx); // fails, which completes the exchange
        ctx.fireChannelInactive();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ShutdownEvent.CLOSE && progress.unanswered() == 0 && !lingering) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> ctx.close()); // behind what waits to be sent
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which the caller has
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (deferred != null) {
            deferred.add(new Deferred(message, promise));
            return;
        }
        if (message instanceof HttpResponse response && !RequestProgress.isInterim(response)) {
            if (reading && isUnread()) {
                deferred = new ArrayDeque<>();
                deferred.add(new Deferred(message, promise));
                return;
            }
            complete(response.headers());
        }
        if (lastResponse && message instanceof LastHttpContent && !RequestProgress.isInterim(message)) {
            ctx.write(message, promise.unvoid()).addListener(written -> finish(ctx));
        } else {
            ctx.write(message, promise);
        }
    }

    private void complete(HttpHeaders headers) {
        headers.set(HttpHeaderNames.DATE, date.now());
        if (isUnread() || (isLastPipelined() && (progress.isFailed() || connections.isDraining()))) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        lastResponse = headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }

    /** Whether the response is to a request whose body has not arrived completely. */
    private boolean isUnread() {
        return progress.isBodyOpen() && isLastPipelined();
    }

    private boolean isLastPipelined() {
        return progress.unanswered() <= 1;
    }

    private void writeDeferred(ChannelHandlerContext ctx) {
        if (deferred != null) {
            var messages = deferred;
            deferred = null;
            for (var message : messages) {
                write(ctx, message.message, message.promise);
            }
            ctx.flush();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private void finish(ChannelHandlerContext ctx) {
        if (mayClientBeSending()) {
            linger(ctx);
        } else {
            ctx.close();
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!lingering && lastResponse && progress.unanswered() == 0 && mayClientBeSending()) {
            linger(ctx);
        }
        if (lingering && ctx.channel().isActive()) {
            ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else {
            ctx.close(promise);
        }
    }

    private boolean mayClientBeSending() {
        return progress.isBodyOpen() || progress.isFailed() || surplusRequest;
    }

    private void linger(ChannelHandlerContext ctx) {
        if (!lingering && ctx.channel().isActive()) {
            lingering = true;
            var limits = settings.get();
            ctx.pipeline().addFirst(new LingeringClose(limits.lingerLimit().toBytes(), limits.lingerTimeout()));
        }
    }

    private record Deferred(Object message, ChannelPromise promise) {}
}
