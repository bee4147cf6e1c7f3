package kinoteka.gateway.transport.http3.stream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3HeadersValidationException;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.RequestOrigin;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.transport.RejectedRequest;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportErrors.Kind;
import kinoteka.gateway.transport.TransportProblems;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests with headers that are too large or not valid: a problem, after which the client is told to stop sending. A request whose
 * body or trailers turn out not to be valid is reset. Netty's handlers behind it would log some with a stack trace, and process others.
 */
final class RequestValidator extends ChannelInboundHandlerAdapter {

    private final long limit;
    private final TransportProblems problems;
    private final TransportErrors errors;
    private boolean begun;
    private boolean rejected;
    private long announced = -1;
    private long received;

    /** @param limit the largest size of the headers in bytes, as of RFC 9114, 4.2.2 */
    RequestValidator(long limit, TransportProblems problems, TransportErrors errors) {
        this.limit = limit;
        this.problems = problems;
        this.errors = errors;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!rejected && message instanceof Http3HeadersFrame frame) {
            check(ctx, frame.headers());
            begun = true;
        } else if (message instanceof Http3DataFrame frame) {
            received += frame.content().readableBytes();
            if (announced >= 0 && received > announced) {
                fail(ctx, "body longer than its Content-Length");
            }
        }
        if (rejected) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /** Netty checks this, too, but later than it takes the body for complete. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !rejected && received < announced) {
            fail(ctx, "body shorter than its Content-Length");
        }
        ctx.fireUserEventTriggered(event);
    }

    private void check(ChannelHandlerContext ctx, Http3Headers headers) {
        if (begun) {
            if (!FieldRules.areValid(headers)) {
                fail(ctx, "malformed trailers");
            }
        } else if (FieldRules.sizeOf(headers) > limit) {
            reject(ctx, headers, Problem.HEADERS_TOO_LARGE);
        } else if (!FieldRules.isValidRequest(headers)) {
            errors.record(Kind.HTTP3_STREAM, ctx, "malformed request");
            reject(ctx, headers, Problem.REQUEST_MALFORMED);
        } else {
            announced = headers.getLong(HttpHeaderNames.CONTENT_LENGTH, -1);
        }
    }

    /** Ends the stream of a request that is being processed. */
    private void fail(ChannelHandlerContext ctx, String message) {
        rejected = true;
        ctx.fireExceptionCaught(new Http3HeadersValidationException(message));
    }

    private void reject(ChannelHandlerContext ctx, Http3Headers headers, Problem problem) {
        rejected = true;
        var request = RejectedRequest.of(
                text(headers.method()),
                text(headers.path()),
                RequestOrigin.of("HTTP/3.0", ctx.channel()),
                headers.getAll(Trace.TRACEPARENT).stream()
                        .map(CharSequence::toString)
                        .toList());
        problems.count(problem, request);
        problems.http3(ctx, problem, request).addListener(written -> end(ctx));
    }

    /** Ends the response; nothing more of the request is of use. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
    private static void end(ChannelHandlerContext ctx) {
        var stream = (QuicStreamChannel) ctx.channel();
        stream.shutdownOutput().addListener(ended -> {
            stream.shutdownInput(Http3ErrorCode.H3_NO_ERROR.code(), stream.newPromise());
            ctx.close();
        });
    }

    private static String text(@Nullable CharSequence value) {
        return value == null ? "" : value.toString();
    }
}
