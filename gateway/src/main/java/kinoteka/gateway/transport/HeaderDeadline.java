package kinoteka.gateway.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Gives the head of each HTTP/1.1 request an absolute time to arrive, however steadily its bytes trickle. Stands before
 * the codec, where bytes are seen, with {@link #behindCodec()} behind it, where heads are. A head that comes in one
 * piece, as nearly all do, costs no timer.
 */
final class HeaderDeadline extends ChannelInboundHandlerAdapter {

    private final Duration deadline;
    private final PlainProblems problems;
    private final BehindCodec behindCodec = new BehindCodec();

    private boolean headExpected = true;
    private boolean headBegun;
    private int unanswered;
    private @Nullable Future<?> timer;

    HeaderDeadline(Duration deadline, PlainProblems problems) {
        this.deadline = deadline;
        this.problems = problems;
    }

    BehindCodec behindCodec() {
        return behindCodec;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        headBegun = headExpected;
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (headBegun && timer == null) {
            start(ctx);
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    private void start(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> expire(ctx), deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void stop() {
        headBegun = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void expire(ChannelHandlerContext ctx) {
        if (unanswered > 0) {
            start(ctx); // the answer to an earlier, pipelined request is not to be cut
            return;
        }
        ctx.pipeline()
                .context(behindCodec)
                .writeAndFlush(problems.answer(ctx.channel(), Problem.REQUEST_TOO_SLOW, null))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Sees where heads and answers end. */
    final class BehindCodec extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!(message instanceof HttpObject)) { // HTTP/2 from here on
                ctx.pipeline().remove(HeaderDeadline.this);
                ctx.pipeline().remove(this);
            } else {
                if (message instanceof HttpRequest) {
                    stop();
                    headExpected = false;
                    unanswered++;
                }
                if (message instanceof LastHttpContent) {
                    headExpected = true;
                }
            }
            ctx.fireChannelRead(message);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, and that is its owner's
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message instanceof LastHttpContent && !isInterim(message)) {
                unanswered--;
            }
            ctx.write(message, promise);
        }

        /** Whether it is a 100 or the like, which a whole answer follows. */
        private static boolean isInterim(Object message) {
            return message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
    }
}
