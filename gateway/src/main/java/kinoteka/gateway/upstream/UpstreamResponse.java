package kinoteka.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;

/** A final response of the catalogue: all of it, or its head and a body that follows. */
public sealed interface UpstreamResponse {

    /** Status code, 200 to 599. */
    int status();

    /** As received. */
    HttpHeaders headers();

    /** URI of the instance that answered. */
    String instance();

    /**
     * A response that has arrived. It holds no connection and nothing that would have to be released.
     *
     * @param body not changed by anybody
     */
    @SuppressWarnings("ArrayRecordComponent") // shared and never compared
    record Complete(int status, HttpHeaders headers, String instance, byte[] body) implements UpstreamResponse {}

    /**
     * A response whose body arrives as it is read.
     *
     * @param body for one subscriber, which owns each buffer. It fails with {@link UpstreamException} when the body breaks off
     * @param discard gives up the body, whether or not somebody has subscribed to it; does nothing when it has arrived
     */
    record Streamed(int status, HttpHeaders headers, String instance, Flux<ByteBuf> body, Runnable discard)
            implements UpstreamResponse {}
}
