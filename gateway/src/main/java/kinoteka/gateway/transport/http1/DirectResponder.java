package kinoteka.gateway.transport.http1;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Responds to requests that need neither an exchange nor filters. Thread-safe. */
public interface DirectResponder {

    /**
     * Returns the response to a request; null if the request must be processed as an exchange. Called on the event loop of the channel.
     *
     * @param request over HTTP/1.1, without a body, decoded without failure
     * @param isSecure whether it arrived over TLS
     */
    @Nullable
    Response respond(HttpRequest request, Channel channel, boolean isSecure);

    /**
     * A response.
     *
     * @param message complete, with {@code Content-Length}
     * @param onSent called when the response was passed to the socket, or could not be
     */
    record Response(FullHttpResponse message, ChannelFutureListener onSent) {}
}
