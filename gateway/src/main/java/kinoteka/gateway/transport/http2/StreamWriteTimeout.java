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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.transport.TransportErrors;

/**
 * Resets a stream whose client leaves no room in its flow-control window, so that nothing of its response is sent for the timeout: what
 * waits of each such response would stay in memory as long as the connection.
 */
final class StreamWriteTimeout extends ChannelDuplexHandler {

    private final Duration timeout;
    private final TransportErrors errors;

    /** Frames that were written since the last flush. Nearly all of them are sent with it, and need no timer. */
    private final List<Written> written = new ArrayList<>();

    private final Map<Integer, Waiting> waiting = new HashMap<>();

    StreamWriteTimeout(Duration timeout, TransportErrors errors) {
        this.timeout = timeout;
        this.errors = errors;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which the caller has
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof Http2DataFrame frame) {
            var sent = promise.unvoid();
            written.add(new Written(frame.stream(), sent));
            ctx.write(message, sent);
        } else {
            ctx.write(message, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        for (var frame : written) {
            if (!frame.sent.isDone()) {
                waiting.computeIfAbsent(frame.stream.id(), id -> new Waiting(ctx, frame.stream))
                        .add(frame.sent);
            }
        }
        written.clear();
    }

    private record Written(Http2FrameStream stream, Future<?> sent) {}

    /** The frames of a stream that wait to be sent. */
    private final class Waiting {

        private final ChannelHandlerContext ctx;
        private final Http2FrameStream stream;
        private int frames;
        private Future<?> timer;

        Waiting(ChannelHandlerContext ctx, Http2FrameStream stream) {
            this.ctx = ctx;
            this.stream = stream;
            this.timer = startTimer();
        }

        void add(Future<?> sent) {
            frames++;
            sent.addListener(done -> frameSent());
        }

        private void frameSent() {
            frames--;
            timer.cancel(false);
            if (frames == 0) {
                waiting.remove(stream.id());
            } else {
                timer = startTimer();
            }
        }

        private Future<?> startTimer() {
            return ctx.executor().schedule(this::reset, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
        private void reset() {
            errors.record(TransportErrors.Kind.WRITE_TIMEOUT, ctx, "nothing sent on stream " + stream.id());
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(stream));
        }
    }
}
