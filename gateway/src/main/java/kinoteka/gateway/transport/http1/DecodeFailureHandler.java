package kinoteka.gateway.transport.http1;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.util.AttributeKey;
import java.util.Map;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.transport.Authority;
import kinoteka.gateway.transport.RejectedRequest;
import kinoteka.gateway.transport.TransportProblems;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of a connection that cannot be decoded, and replaces the empty responses of Reactor Netty to them by
 * problems. Nothing is kept of a request that can be decoded.
 */
final class DecodeFailureHandler extends ChannelDuplexHandler {

    private static final AttributeKey<DecodeFailureHandler> KEY =
            AttributeKey.valueOf(DecodeFailureHandler.class, "handler");

    private static final Map<HttpResponseStatus, Problem> PROBLEMS = Map.of(
            HttpResponseStatus.BAD_REQUEST, Problem.REQUEST_MALFORMED,
            HttpResponseStatus.REQUEST_URI_TOO_LONG, Problem.TARGET_TOO_LONG,
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, Problem.HEADERS_TOO_LARGE);

    private final RequestProgress progress;
    private final TransportProblems problems;
    private @Nullable RejectedRequest rejected;
    private boolean unsupportedVersion;
    private boolean malformedBody;

    DecodeFailureHandler(RequestProgress progress, TransportProblems problems) {
        this.progress = progress;
        this.problems = problems;
    }

    /**
     * Whether the request that now becomes an exchange has a body that cannot be decoded. That is known beforehand if it was
     * pipelined and waited for the response to an earlier one.
     */
    static boolean hasMalformedBody(Channel channel) {
        var handler = channel.attr(KEY).get();
        return handler != null && handler.malformedBody && handler.progress.unanswered() == 1;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().attr(KEY).set(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ctx.channel().attr(KEY).set(null);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            ignoreUpgrade(ctx.pipeline());
            checkHeaders(ctx.channel(), request);
        } else if (message instanceof DecoderResultProvider content
                && content.decoderResult().isFailure()) {
            progress.fail();
            malformedBody = true;
            if (progress.unanswered() == 1) {
                problems.failCurrentExchange(ctx.channel(), Problem.REQUEST_MALFORMED);
            }
        }
        ctx.fireChannelRead(message);
    }

    /** A server may ignore {@code Upgrade} (RFC 9110, 7.8), and the handler for it would look at every message. */
    private void ignoreUpgrade(ChannelPipeline pipeline) {
        if (progress.requests() == 1 && pipeline.get(HttpServerUpgradeHandler.class) != null) {
            pipeline.remove(HttpServerUpgradeHandler.class);
        }
    }

    private void checkHeaders(Channel channel, HttpRequest request) {
        var headers = request.headers();
        if (request.decoderResult().isSuccess()) {
            unsupportedVersion = request.protocolVersion().majorVersion() != 1;
            if (unsupportedVersion || !Authority.hasValidPort(headers.get(HttpHeaderNames.HOST))) {
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("version or Host")));
            }
        }
        if (request.decoderResult().isFailure()) {
            progress.fail();
            rejected = RejectedRequest.of(request, channel);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which the caller has
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof FullHttpResponse response && isEmptyRejection(response)) {
            response.release();
            ctx.write(problem(ctx.channel(), response.status()), promise);
        } else {
            ctx.write(message, promise);
        }
    }

    private FullHttpResponse problem(Channel channel, HttpResponseStatus status) {
        var problem = unsupportedVersion
                ? Problem.HTTP_VERSION_NOT_SUPPORTED
                : PROBLEMS.getOrDefault(status, Problem.REQUEST_MALFORMED);
        var request = rejected == null ? RejectedRequest.unknown(channel) : rejected;
        if (!malformedBody) { // such a request is counted by its exchange
            problems.count(problem, request);
        }
        return problems.http1(problem, request);
    }

    /** Whether Reactor Netty wrote this response: it has no content type and closes the connection. */
    private static boolean isEmptyRejection(FullHttpResponse response) {
        return PROBLEMS.containsKey(response.status())
                && !response.content().isReadable()
                && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE)
                && response.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }
}
