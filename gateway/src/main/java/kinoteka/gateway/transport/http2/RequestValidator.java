package kinoteka.gateway.transport.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.RequestOrigin;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.transport.Authority;
import kinoteka.gateway.transport.RejectedRequest;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportProblems;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests without one of the pseudo-headers that they must have (RFC 9113, 8.3.1), or with an authority that Reactor
 * Netty cannot parse: a problem, followed by a stream error. Neither Netty nor Reactor Netty responds to them.
 */
final class RequestValidator extends ChannelInboundHandlerAdapter {

    private final TransportProblems problems;
    private final TransportErrors errors;
    private int lastStream;

    RequestValidator(TransportProblems problems, TransportErrors errors) {
        this.problems = problems;
        this.errors = errors;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Http2HeadersFrame frame && frame.stream().id() > lastStream) { // no trailers
            lastStream = frame.stream().id();
            if (!isValid(frame.headers())) {
                reject(ctx, frame.stream(), frame.headers());
                return;
            }
        }
        ctx.fireChannelRead(message);
    }

    private static boolean isValid(Http2Headers headers) {
        var method = headers.method();
        if (method == null || !Authority.hasValidPort(headers.authority())) {
            return false;
        }
        return (headers.path() != null && headers.scheme() != null)
                || HttpMethod.CONNECT.asciiName().contentEquals(method);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
    private void reject(ChannelHandlerContext ctx, Http2FrameStream stream, Http2Headers headers) {
        var request = RejectedRequest.of(
                text(headers.method()),
                text(headers.path()),
                RequestOrigin.of("HTTP/2.0", ctx.channel()),
                headers.getAll(Trace.TRACEPARENT).stream()
                        .map(CharSequence::toString)
                        .toList());
        errors.record(TransportErrors.Kind.HTTP2_STREAM, ctx, "malformed request on stream " + stream.id());
        problems.count(Problem.REQUEST_MALFORMED, request);
        problems.http2(ctx, stream, Problem.REQUEST_MALFORMED, request)
                .addListener(written ->
                        ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR).stream(stream)));
    }

    private static String text(@Nullable CharSequence value) {
        return value == null ? "" : value.toString();
    }
}
