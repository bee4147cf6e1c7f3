package kinoteka.gateway.transport.http2;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Stream.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.transport.DateHeader;

/**
 * Sets {@code Date} on each response, and resets the streams whose response is complete before their request is: with
 * NO_ERROR, so that the client keeps the response and stops sending (RFC 9113, 8.1). A client that has nearly finished its request
 * may finish it.
 */
final class ResponseHandler extends ChannelDuplexHandler {

    /** Bytes of the rest of a request that are read and discarded: what fits into the default flow-control window. */
    private static final int REST_LIMIT = 65_535;

    private final DateHeader date;
    private final Duration timeout;

    /** How many more bytes may arrive on each stream whose response was complete before its request. */
    private final Map<Integer, Integer> restLimits = new HashMap<>();

    /** @param timeout in which the client may finish a request after the response to it */
    ResponseHandler(DateHeader date, Duration timeout) {
        this.date = date;
        this.timeout = timeout;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which the caller has
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof Http2HeadersFrame frame) {
            setDate(frame.headers());
            write(ctx, message, frame.stream(), frame.isEndStream(), promise);
        } else if (message instanceof Http2DataFrame frame) {
            write(ctx, message, frame.stream(), frame.isEndStream(), promise);
        } else {
            ctx.write(message, promise);
        }
    }

    private void setDate(Http2Headers headers) {
        var status = headers.status();
        if (status != null && status.charAt(0) != '1') { // neither trailers nor an interim response
            headers.set(HttpHeaderNames.DATE, date.now());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void write(
            ChannelHandlerContext ctx, Object message, Http2FrameStream stream, boolean isEnd, ChannelPromise promise) {
        if (isEnd && stream.state() == State.OPEN) {
            ctx.write(message, promise.unvoid()).addListener(written -> limitRest(ctx, stream));
        } else {
            ctx.write(message, promise);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private void limitRest(ChannelHandlerContext ctx, Http2FrameStream stream) {
        if (stream.state() == State.HALF_CLOSED_LOCAL) {
            restLimits.put(stream.id(), REST_LIMIT);
            ctx.executor().schedule(() -> reset(ctx, stream), timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
    private void reset(ChannelHandlerContext ctx, Http2FrameStream stream) {
        if (restLimits.remove(stream.id()) != null) {
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR).stream(stream));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!restLimits.isEmpty() && message instanceof Http2DataFrame frame && !frame.isEndStream()) {
            var limit = restLimits.get(frame.stream().id());
            if (limit != null) {
                restLimits.put(frame.stream().id(), limit - frame.initialFlowControlledBytes());
                if (limit < frame.initialFlowControlledBytes()) {
                    reset(ctx, frame.stream());
                }
            }
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!restLimits.isEmpty()
                && event instanceof Http2FrameStreamEvent change
                && change.stream().state() == State.CLOSED) {
            restLimits.remove(change.stream().id());
        }
        ctx.fireUserEventTriggered(event);
    }
}
