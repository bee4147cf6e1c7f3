package kinoteka.gateway.transport.http2;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.transport.TransportErrors;

/**
 * Resets a stream whose client has not received the end of the response in time, because it leaves no room in its flow-control window:
 * the rest of each such response would stay in memory as long as the connection.
 */
final class StreamWriteTimeout extends ChannelDuplexHandler {

    private final Duration timeout;
    private final TransportErrors errors;

    /** Ends of responses that were written since the last flush. Nearly all of them are sent with it, and need no timer. */
    private final List<End> written = new ArrayList<>();

    StreamWriteTimeout(Duration timeout, TransportErrors errors) {
        this.timeout = timeout;
        this.errors = errors;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which the caller has
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof Http2DataFrame frame && frame.isEndStream()) {
            var sent = promise.unvoid();
            written.add(new End(frame.stream(), sent));
            ctx.write(message, sent);
        } else {
            ctx.write(message, promise);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the timer ends with the response, if not before
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        for (var end : written) {
            if (!end.sent.isDone()) {
                var timer = ctx.executor().schedule(() -> reset(ctx, end), timeout.toNanos(), TimeUnit.NANOSECONDS);
                end.sent.addListener(sent -> timer.cancel(false));
            }
        }
        written.clear();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
    private void reset(ChannelHandlerContext ctx, End end) {
        errors.record(TransportErrors.Kind.WRITE_TIMEOUT, ctx, "stream " + end.stream.id() + " not sent in " + timeout);
        ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(end.stream));
    }

    private record End(Http2FrameStream stream, Future<?> sent) {}
}
