package kinoteka.gateway.upstream.netty.connection;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.nio.charset.StandardCharsets;

/** Writes requests with the {@code Host} of the instance, so that the headers of a request need not be copied for it. */
final class RequestEncoder extends HttpRequestEncoder {

    private final byte[] host;

    /**
     * A new encoder.
     *
     * @param authority host and port of the instance
     */
    RequestEncoder(String authority) {
        host = ("host: " + authority + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void encodeHeaders(HttpHeaders headers, ByteBuf buffer) {
        buffer.writeBytes(host);
        super.encodeHeaders(headers, buffer);
    }
}
