package kinoteka.gateway.request;

import io.netty.channel.Channel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a request reached the gateway.
 *
 * @param protocol name and version, for example {@code HTTP/1.1}, as the client sent it; empty if it could not be decoded
 * @param address of the client; null if its connection was closed before it was known
 */
public record RequestOrigin(String protocol, @Nullable InetAddress address) {

    /** Returns the origin of a request on this connection, or on this stream of HTTP/2 or HTTP/3. */
    public static RequestOrigin of(String protocol, Channel channel) {
        return new RequestOrigin(
                protocol, clientOf(channel) instanceof InetSocketAddress remote ? remote.getAddress() : null);
    }

    private static @Nullable SocketAddress clientOf(Channel channel) {
        return channel instanceof QuicStreamChannel stream
                ? stream.parent().remoteSocketAddress()
                : channel.remoteAddress();
    }
}
