package kinoteka.gateway.upstream.netty.connection;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.nio.charset.StandardCharsets;

/** Encodes requests and adds the {@code Host} header of the instance, so that the headers need not be copied to add it. */
final class RequestEncoder extends HttpRequestEncoder {

    private final byte[] host;

    /**
     * Creates an encoder.
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
