package kinoteka.gateway.transport.http3.stream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.RequestOrigin;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.transport.Authority;
import kinoteka.gateway.transport.RejectedRequest;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportErrors.Kind;
import kinoteka.gateway.transport.TransportProblems;
import org.jspecify.annotations.Nullable;

/** Checks the request of a stream, and limits the time in which its headers must arrive. */
final class RequestHandler extends ChannelInboundHandlerAdapter {

    private static final Set<HttpMethod> WITHOUT_BODY =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.DELETE);

    /** What each header counts in addition to its name and value (RFC 9114, 4.2.2). */
    private static final int FIELD_OVERHEAD = 32;

    private final Duration deadline;
    private final long limit;
    private final TransportProblems problems;
    private final TransportErrors errors;
    private @Nullable Future<?> timer;
    private boolean rejected;

    RequestHandler(Duration deadline, long limit, TransportProblems problems, TransportErrors errors) {
        this.deadline = deadline;
        this.limit = limit;
        this.problems = problems;
        this.errors = errors;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> expire(ctx), deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void expire(ChannelHandlerContext ctx) {
        problems.count(Problem.REQUEST_TOO_SLOW, RejectedRequest.unknown(ctx.channel()));
        StreamErrorHandler.reset(ctx, Http3ErrorCode.H3_REQUEST_INCOMPLETE);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            handlerRemoved(ctx);
            check(ctx, request);
        }
        if (rejected) {
            ReferenceCountUtil.release(message);
            ctx.read();
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void check(ChannelHandlerContext ctx, HttpRequest request) {
        var headers = request.headers();
        if (sizeOf(request) > limit) {
            reject(ctx, request, Problem.HEADERS_TOO_LARGE);
        } else if (!Authority.hasValidPort(headers.get(HttpHeaderNames.HOST))) {
            reject(ctx, request, Problem.REQUEST_MALFORMED);
        } else if (WITHOUT_BODY.contains(request.method()) && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            // The codec sets it, because it does not know yet whether a body follows. One that does follow is discarded.
            headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        }
    }

    private static long sizeOf(HttpRequest request) {
        long size = request.uri().length();
        for (var fields = request.headers().iteratorCharSequence(); fields.hasNext(); ) {
            var field = fields.next();
            size += field.getKey().length() + field.getValue().length() + FIELD_OVERHEAD;
        }
        return size;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
    private void reject(ChannelHandlerContext ctx, HttpRequest received, Problem problem) {
        rejected = true;
        var request = RejectedRequest.of(
                received.method().name(),
                received.uri(),
                RequestOrigin.of("HTTP/3.0", ctx.channel()),
                received.headers().getAll(Trace.TRACEPARENT));
        if (problem == Problem.REQUEST_MALFORMED) {
            errors.record(Kind.HTTP3_STREAM, ctx, "malformed request");
        }
        problems.count(problem, request);
        ctx.writeAndFlush(problems.http3(problem, request));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        handlerRemoved(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
