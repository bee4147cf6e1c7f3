package kinoteka.gateway.transport.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Stream.State;
import kinoteka.gateway.transport.TransportErrors;

/**
 * Resets a stream on which the client violates HTTP/2, with the error code of the violation. Reactor Netty would reset it with
 * CANCEL and log the error.
 */
final class StreamErrorHandler extends ChannelInboundHandlerAdapter {

    private final TransportErrors errors;

    StreamErrorHandler(TransportErrors errors) {
        this.errors = errors;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Http2FrameStreamException violation) {
            errors.record(TransportErrors.Kind.HTTP2_STREAM, ctx, cause.toString());
            var code = errorCode(violation);
            ctx.flush(); // Netty would send DATA that waits to be flushed after RST_STREAM
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(code).stream(violation.stream()));
        } else {
            errors.exceptionCaught(ctx, cause);
        }
    }

    /** Netty takes HEADERS that follow the end of a request for its trailers, and finds them malformed. */
    private static Http2Error errorCode(Http2FrameStreamException violation) {
        return violation.error() == Http2Error.PROTOCOL_ERROR
                        && violation.stream().state() == State.HALF_CLOSED_REMOTE
                ? Http2Error.STREAM_CLOSED
                : violation.error();
    }
}
