package kinoteka.gateway.transport.http1;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.transport.RejectedRequest;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportProblems;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time in which the headers of each request must arrive, however steadily their bytes trickle: for the first request
 * of a connection from the time it was accepted, for the others from their first byte. Stands before the codec, where bytes are
 * seen. Headers that arrive in one read, as nearly all do, need no timer, except for the first request.
 */
final class HeaderDeadline extends ChannelInboundHandlerAdapter {

    private final Duration deadline;
    private final RequestProgress progress;
    private final TransportProblems problems;
    private final TransportErrors errors;

    private boolean received;
    private boolean headersBegun;
    private int requests;
    private @Nullable Future<?> timer;

    HeaderDeadline(Duration deadline, RequestProgress progress, TransportProblems problems, TransportErrors errors) {
        this.deadline = deadline;
        this.progress = progress;
        this.problems = problems;
        this.errors = errors;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        start(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        received = true;
        headersBegun |= progress.isHeadersExpected();
        ctx.fireChannelRead(bytes);
        if (requests != progress.requests()) {
            requests = progress.requests();
            stop();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (headersBegun && timer == null) {
            start(ctx);
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    private void start(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> expire(ctx), deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void stop() {
        headersBegun = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private void expire(ChannelHandlerContext ctx) {
        if (progress.unanswered() > 0) {
            start(ctx); // the response to an earlier, pipelined request must not be cut
        } else if (received) {
            progress.fail();
            var request = RejectedRequest.unknown(ctx.channel());
            problems.count(Problem.REQUEST_TOO_SLOW, request);
            ctx.pipeline()
                    .context(DecodeFailureHandler.class)
                    .writeAndFlush(problems.http1(Problem.REQUEST_TOO_SLOW, request));
        } else {
            // Browsers open connections in advance: a response, to no request, would be taken for one to the next
            // request.
            errors.record(TransportErrors.Kind.NO_REQUEST, ctx, "no request within " + deadline);
            ctx.close();
        }
    }
}
