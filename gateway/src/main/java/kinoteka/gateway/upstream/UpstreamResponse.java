package kinoteka.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;

/** A final response of the catalogue (RFC 9110, 15), with a complete body or with one that is still arriving. */
public sealed interface UpstreamResponse {

    /** The status code, 200 to 599. */
    int status();

    /** The headers as received. */
    HttpHeaders headers();

    /** The URI of the instance that responded. */
    String instance();

    /**
     * A response that has arrived completely. It occupies no connection, and nothing needs to be released.
     *
     * @param body must not be modified
     */
    @SuppressWarnings("ArrayRecordComponent") // shared and never compared
    record Complete(int status, HttpHeaders headers, String instance, byte[] body) implements UpstreamResponse {}

    /**
     * A response whose body arrives while it is read.
     *
     * @param body for a single subscriber, which must release each buffer. It fails with {@link UpstreamException} if the response stays
     *     incomplete
     * @param discard discards the body, whether or not it has a subscriber. Has no effect after the body has been received
     */
    record Streamed(int status, HttpHeaders headers, String instance, Flux<ByteBuf> body, Runnable discard)
            implements UpstreamResponse {}
}
