package kinoteka.gateway.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.RequestRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of an HTTP/1.1 connection that cannot be decoded, and gives a body to their answers, which Netty
 * and Reactor Netty write bare. Stands right behind the codec and leaves when the connection becomes HTTP/2.
 */
final class Undecodable extends ChannelDuplexHandler {

    private static final Map<HttpResponseStatus, Problem> PROBLEMS = Map.of(
            HttpResponseStatus.BAD_REQUEST, Problem.REQUEST_MALFORMED,
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, Problem.BODY_TOO_LARGE,
            HttpResponseStatus.REQUEST_URI_TOO_LONG, Problem.TARGET_TOO_LONG,
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, Problem.HEADERS_TOO_LARGE);

    private final PlainProblems problems;
    private @Nullable HttpRequest last;

    Undecodable(PlainProblems problems) {
        this.problems = problems;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            last = request;
        } else if (!(message instanceof HttpObject)) {
            ctx.pipeline().remove(this);
        } else if (((DecoderResultProvider) message).decoderResult().isFailure()) {
            // a chunk: its exchange is under way and counts itself
            var underWay = RequestRecord.of(ctx.channel());
            if (underWay != null) {
                underWay.rejectByTransport(HttpResponseStatus.BAD_REQUEST.code());
            }
        }
        ctx.fireChannelRead(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, and that is its owner's
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof FullHttpResponse bare && isBareRefusal(bare)) {
            var problem = PROBLEMS.getOrDefault(bare.status(), Problem.REQUEST_MALFORMED);
            bare.release();
            ctx.write(problems.answer(ctx.channel(), problem, last), promise);
        } else {
            ctx.write(message, promise);
        }
    }

    /**
     * Such an answer has no type and closes the connection. A 413 that does not is of Netty's aggregator, which collects
     * the request that asks for an upgrade.
     */
    private static boolean isBareRefusal(FullHttpResponse response) {
        return PROBLEMS.containsKey(response.status())
                && !response.content().isReadable()
                && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE)
                && (response.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)
                        || response.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE));
    }
}
