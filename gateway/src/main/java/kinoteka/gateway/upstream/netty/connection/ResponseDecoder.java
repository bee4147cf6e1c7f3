package kinoteka.gateway.upstream.netty.connection;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Decodes responses. The response to a HEAD request has no body, whatever its headers are (RFC 9112, 6.3). */
final class ResponseDecoder extends HttpResponseDecoder {

    private static final int MAX_HEADERS_BYTES = 16 * 1024;
    private static final int MAX_CHUNK_BYTES = 32 * 1024;

    private HttpMethod method = HttpMethod.GET;

    ResponseDecoder() {
        super(new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADERS_BYTES).setMaxChunkSize(MAX_CHUNK_BYTES));
    }

    /** Sets the method of the request to which the next response belongs. */
    void expectResponseTo(HttpMethod request) {
        method = request;
    }

    /** Whether bytes have been received that are not decoded yet. */
    boolean hasUndecodedBytes() {
        return actualReadableBytes() > 0;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage response) {
        return super.isContentAlwaysEmpty(response) || method.equals(HttpMethod.HEAD);
    }
}
