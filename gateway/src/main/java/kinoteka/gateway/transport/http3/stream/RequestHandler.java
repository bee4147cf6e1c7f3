package kinoteka.gateway.transport.http3.stream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.transport.RejectedRequest;
import kinoteka.gateway.transport.TransportProblems;
import org.jspecify.annotations.Nullable;

/** Limits the time in which the headers of a request must arrive, and corrects those that the codec has added. */
final class RequestHandler extends ChannelInboundHandlerAdapter {

    private static final Set<HttpMethod> WITHOUT_BODY =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.DELETE);

    private final Duration deadline;
    private final TransportProblems problems;
    private @Nullable Future<?> timer;

    RequestHandler(Duration deadline, TransportProblems problems) {
        this.deadline = deadline;
        this.problems = problems;
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
            correct(request);
        }
        ctx.fireChannelRead(message);
    }

    /** The codec sets it, because it does not know yet whether a body follows. One that does follow is discarded. */
    private static void correct(HttpRequest request) {
        var headers = request.headers();
        if (WITHOUT_BODY.contains(request.method()) && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        }
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
