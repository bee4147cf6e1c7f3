package kinoteka.gateway.transport.http1;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Tracks how much of the requests of a connection has arrived and how many of them have no response yet. Stands directly behind
 * the codec.
 */
final class RequestProgress extends ChannelDuplexHandler {

    private int requests;
    private int unanswered;
    private boolean headersExpected = true;
    private boolean bodyOpen;
    private boolean failed;

    /** Returns the number of requests whose headers have arrived. It may overflow: compare it with {@code ==} only. */
    int requests() {
        return requests;
    }

    /** Returns the number of requests whose response has not been written completely. */
    int unanswered() {
        return unanswered;
    }

    /** Whether the next byte is one of the headers of a request. */
    boolean isHeadersExpected() {
        return headersExpected;
    }

    /** Whether the last request, of which the headers have arrived, has a body that has not arrived completely. */
    boolean isBodyOpen() {
        return bodyOpen;
    }

    /** Whether the last request cannot be read to its end. */
    boolean isFailed() {
        return failed;
    }

    /** Marks the last request as one that cannot be read to its end. */
    void fail() {
        failed = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            requests++;
            unanswered++;
            headersExpected = false;
            bodyOpen = hasBody(request.headers());
        }
        if (message instanceof LastHttpContent) {
            headersExpected = true;
            bodyOpen = false;
        }
        ctx.fireChannelRead(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which the caller has
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInterim(message) && unanswered > 0) {
            unanswered--;
        }
        ctx.write(message, promise);
    }

    private static boolean hasBody(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return true;
        }
        var length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && !length.equals("0");
    }

    /** Whether this is an interim response, such as 100, which the final response follows. */
    static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
