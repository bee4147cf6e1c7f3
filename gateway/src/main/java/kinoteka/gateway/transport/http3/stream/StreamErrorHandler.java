package kinoteka.gateway.transport.http3.stream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.http3.Http3HeadersValidationException;
import io.netty.handler.codec.quic.QuicException;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.transport.RejectedRequest;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportErrors.Kind;
import kinoteka.gateway.transport.TransportProblems;

/** Counts the violations of a stream's client, and ends the stream. The codec behind it would log each with a stack trace. */
final class StreamErrorHandler extends ChannelInboundHandlerAdapter {

    private final TransportProblems problems;
    private final TransportErrors errors;
    private boolean failed;

    StreamErrorHandler(TransportProblems problems, TransportErrors errors) {
        this.problems = problems;
        this.errors = errors;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (failed) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /** The end of a request that has failed is not that of its body, for which the codec would take it. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!failed || !(event instanceof ChannelInputShutdownEvent)) {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** Netty closes the connection after an {@link Http3Exception}. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed = true;
        switch (cause) {
            case Http3HeadersValidationException malformed -> {
                errors.record(Kind.HTTP3_STREAM, ctx, malformed.toString());
                count(ctx);
                reset(ctx, Http3ErrorCode.H3_MESSAGE_ERROR);
            }
            case Http3Exception violation -> errors.record(Kind.HTTP3_CONNECTION, ctx, violation.toString());
            case QuicException cancelled -> reset(ctx, Http3ErrorCode.H3_REQUEST_CANCELLED);
            default -> errors.exceptionCaught(ctx, cause);
        }
    }

    private void count(ChannelHandlerContext ctx) {
        if (RequestRecord.of(ctx.channel()) == null) {
            problems.count(Problem.REQUEST_MALFORMED, RejectedRequest.unknown(ctx.channel()));
        } else {
            problems.failCurrentExchange(ctx.channel(), Problem.REQUEST_MALFORMED);
        }
    }

    /** Ends a stream in both directions. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the stream or the connection is gone
    static void reset(ChannelHandlerContext ctx, Http3ErrorCode code) {
        var stream = (QuicStreamChannel) ctx.channel();
        stream.shutdown(code.code(), stream.newPromise());
        ctx.close();
    }
}
