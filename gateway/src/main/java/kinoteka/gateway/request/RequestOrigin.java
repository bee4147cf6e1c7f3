package kinoteka.gateway.request;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a request reached the gateway.
 *
 * @param protocol name and version, for example {@code HTTP/1.1}, as the client sent it; empty if it could not be decoded
 * @param address of the client; null if its connection was closed before it was known
 */
public record RequestOrigin(String protocol, @Nullable InetAddress address) {

    /** Returns the origin of a request on this connection or HTTP/2 stream. */
    public static RequestOrigin of(String protocol, Channel channel) {
        return new RequestOrigin(
                protocol, channel.remoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null);
    }
}
