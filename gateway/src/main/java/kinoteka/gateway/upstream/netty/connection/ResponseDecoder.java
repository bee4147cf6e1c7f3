package kinoteka.gateway.upstream.netty.connection;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Reads responses, of which one to HEAD has no body whatever its headers say (RFC 9112, 6.3). */
final class ResponseDecoder extends HttpResponseDecoder {

    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int LONGEST_CHUNK = 32 * 1024;

    private HttpMethod method = HttpMethod.GET;

    ResponseDecoder() {
        super(new HttpDecoderConfig().setMaxHeaderSize(LONGEST_HEAD).setMaxChunkSize(LONGEST_CHUNK));
    }

    /** Tells of the request that is answered next. */
    void expectResponseTo(HttpMethod request) {
        method = request;
    }

    /** Whether bytes have arrived that are not a whole part of a message yet. */
    boolean hasUndecodedBytes() {
        return actualReadableBytes() > 0;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage response) {
        return super.isContentAlwaysEmpty(response) || method.equals(HttpMethod.HEAD);
    }
}
