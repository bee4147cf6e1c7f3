package kinoteka.gateway.transport.http1;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import kinoteka.gateway.transport.TransportErrors;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests to a {@link DirectResponder}, and those to which it does not respond on to Reactor Netty. Stands between our other handlers
 * and those of Reactor Netty, which see nothing of the former.
 *
 * <p>Responses keep the order of pipelined requests: only a request without earlier ones that wait for their responses is
 * offered to the responder, and only while earlier responses are not waiting for the client to read them, so that a client which does
 * not read occupies no more memory than with Reactor Netty.
 */
final class DirectResponseHandler extends ChannelInboundHandlerAdapter {

    private final RequestProgress progress;
    private final DirectResponder responder;
    private final boolean isSecure;
    private final TransportErrors errors;

    /** Whether the messages that arrive belong to a request that has been answered here. */
    private boolean isAnswered;

    private boolean isFlushDue;
    private boolean isReadDue;

    DirectResponseHandler(
            RequestProgress progress, DirectResponder responder, boolean isSecure, TransportErrors errors) {
        this.progress = progress;
        this.responder = responder;
        this.isSecure = isSecure;
        this.errors = errors;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            isAnswered = progress.unanswered() == 1
                    && ctx.channel().isWritable()
                    && isSimple(request)
                    && respond(ctx, request);
        }
        isReadDue = isAnswered;
        if (isAnswered) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private static boolean isSimple(HttpRequest request) {
        var headers = request.headers();
        return request.decoderResult().isSuccess()
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaderNames.EXPECT)
                && !headers.contains(HttpHeaderNames.UPGRADE)
                && !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1) // for Netty, a body of 8 bytes follows
                && keepsAlive(headers);
    }

    private static boolean keepsAlive(HttpHeaders headers) {
        var connection = headers.get(HttpHeaderNames.CONNECTION);
        return connection == null
                || (HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(connection)
                        && headers.getAll(HttpHeaderNames.CONNECTION).size() == 1);
    }

    private boolean respond(ChannelHandlerContext ctx, HttpRequest request) {
        var response = find(ctx, request);
        if (response == null) {
            return false;
        }
        ctx.write(response.message()).addListener(response.onSent());
        isFlushDue = true;
        return true;
    }

    /** A defect must not make resources unavailable that the filters can respond with. */
    private DirectResponder.@Nullable Response find(ChannelHandlerContext ctx, HttpRequest request) {
        try {
            return responder.respond(request, ctx.channel(), isSecure);
        } catch (RuntimeException defect) {
            errors.recordDefect(ctx, defect);
            return null;
        }
    }

    /** Reactor Netty reads only what it is asked for, and asks for the next request when it has processed one. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (isFlushDue) {
            isFlushDue = false;
            ctx.flush();
        }
        if (isReadDue) {
            isReadDue = false;
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }
}
