package kinoteka.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;

/**
 * A request to the catalogue, without the exchange of a client: retries, batches and health checks make them too.
 *
 * @param target path and query as they are sent, beginning with a slash
 * @param headers without {@code Host}, {@code Content-Length} and {@code Transfer-Encoding}, which the client of the instance adds;
 *     not changed by anybody
 * @param pool the connections that the call may use
 */
public record UpstreamRequest(HttpMethod method, String target, HttpHeaders headers, Body body, PoolName pool) {

    /** Whether the request changes nothing (RFC 9110, 9.2.1), so that sending it twice does no harm. */
    public boolean isSafe() {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS);
    }

    /** The body of a request. */
    public sealed interface Body {

        /** No body at all. */
        Body NONE = new Complete(new byte[0]);

        /** Bytes that are there; they are not changed by anybody. */
        @SuppressWarnings("ArrayRecordComponent") // shared and never compared
        record Complete(byte[] bytes) implements Body {}

        /**
         * Bytes that still arrive. A failure of theirs ends the call, and no upstream takes what was sent for a whole request.
         *
         * @param length in bytes, -1 when it is not known
         * @param bytes for one subscriber, which owns each buffer
         */
        record Streamed(long length, Flux<ByteBuf> bytes) implements Body {}
    }
}
