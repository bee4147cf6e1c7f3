package kinoteka.gateway.transport.http3;

import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Limits of the TCP servers, for HTTP/3. */
@Component
final class Http3Limits {

    /** Requests that one connection may have in progress, as on HTTP/2. */
    static final long STREAMS = 100;

    /** Bytes of request bodies that a client may send before the gateway has read them: of all streams of a connection, and of one. */
    static final long CONNECTION_WINDOW = 1 << 20;

    static final long STREAM_WINDOW = 1 << 16;

    private final long headers;
    private final Duration idleTimeout;

    Http3Limits(ServerProperties server, NettyServerProperties netty) {
        headers = server.getMaxHttpRequestHeaderSize().toBytes();
        idleTimeout = Objects.requireNonNullElse(netty.getIdleTimeout(), Duration.ofMinutes(1));
    }

    /** The size of a request's headers above which it is rejected, in bytes as of {@code SETTINGS_MAX_FIELD_SECTION_SIZE} (RFC 9114, 4.2.2). */
    long headers() {
        return headers;
    }

    /** The size of headers above which Netty ends their connection. It must decode larger ones than {@link #headers} to tell which to reject. */
    long decodedHeaders() {
        return 4 * headers;
    }

    /** Time after which a connection without a request is closed. */
    Duration idleTimeout() {
        return idleTimeout;
    }
}
