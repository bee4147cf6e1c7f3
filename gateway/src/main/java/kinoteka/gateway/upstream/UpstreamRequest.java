package kinoteka.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.trace.Trace;
import reactor.core.publisher.Flux;

/**
 * A request to the catalogue. It does not depend on the exchange of a client, so that health checks can use it, too.
 *
 * @param endpoint the endpoint that the client requested
 * @param target path and query as they are sent, beginning with a slash
 * @param headers without {@code Host}, {@code Content-Length} and {@code Transfer-Encoding}, which the client of the instance adds. They
 *     must not be modified
 * @param pool the pool whose connections the call uses
 * @param record records what happens to this call
 */
public record UpstreamRequest(
        Endpoint endpoint,
        HttpMethod method,
        String target,
        HttpHeaders headers,
        Body body,
        PoolName pool,
        CallRecord record) {

    /** Returns the same request with other headers. */
    public UpstreamRequest withHeaders(HttpHeaders others) {
        return new UpstreamRequest(endpoint, method, target, others, body, pool, record);
    }

    /** Whether the request changes nothing (RFC 9110, 9.2.1), so that it may be sent twice. */
    public boolean isSafe() {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS);
    }

    /** Returns this request with another parent for the spans of the catalogue. */
    public UpstreamRequest withTraceparent(String traceparent) {
        var changed = headers.copy().set(Trace.TRACEPARENT, traceparent);
        return new UpstreamRequest(endpoint, method, target, changed, body, pool, record);
    }

    /** The body of a request. */
    public sealed interface Body {

        /** No body. */
        Body NONE = new Complete(new byte[0]);

        /** A body that has arrived completely. The array must not be modified. */
        @SuppressWarnings("ArrayRecordComponent") // shared and never compared
        record Complete(byte[] bytes) implements Body {}

        /**
         * A body that is still arriving. If it fails, the call ends and the connection is closed, so that the request stays incomplete.
         *
         * @param length in bytes; -1 if it is not known
         * @param bytes for a single subscriber, which must release each buffer
         */
        record Streamed(long length, Flux<ByteBuf> bytes) implements Body {}
    }
}
