package kinoteka.gateway.cache;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import kinoteka.gateway.cache.lookup.CacheStatus;
import kinoteka.gateway.cache.store.CacheRequest;
import kinoteka.gateway.cache.store.StoredResponse;
import kinoteka.gateway.upstream.UpstreamResponse;

/** Creates responses from stored ones, and marks responses with what the cache did. */
final class CacheHeaders {

    static final int NOT_MODIFIED = 304;

    private static final byte[] NO_BODY = {};

    private CacheHeaders() {}

    /**
     * Adds the headers of a stored response to a response.
     *
     * @param isKnown whether the client has this representation already, so that the response is a 304
     */
    static void add(StoredResponse stored, boolean isKnown, CacheStatus status, HttpHeaders response) {
        var block = isKnown ? stored.notModifiedHeaders() : stored.headers();
        for (var entry : block) {
            response.set(entry.getKey(), block.getAll(entry.getKey()));
        }
        response.set(CacheStatus.HEADER, status.value());
    }

    /**
     * Returns a response from a stored one.
     *
     * @param age in seconds; negative if the response was made for this request
     */
    static UpstreamResponse.Complete response(StoredResponse stored, CacheRequest asked, CacheStatus status, long age) {
        var isKnown = asked.knows(stored);
        var headers = new DefaultHttpHeaders()
                .add(isKnown ? stored.notModifiedHeaders() : stored.headers())
                .set(CacheStatus.HEADER, status.value());
        if (age >= 0) {
            headers.set(HttpHeaderNames.AGE, Long.toString(age));
        }
        return isKnown
                ? new UpstreamResponse.Complete(NOT_MODIFIED, headers, "cache", NO_BODY)
                : new UpstreamResponse.Complete(stored.status(), headers, "cache", stored.body());
    }

    /** Returns a response of the catalogue with what the cache did. */
    static UpstreamResponse mark(UpstreamResponse received, CacheStatus status) {
        var headers = new DefaultHttpHeaders().add(received.headers()).set(CacheStatus.HEADER, status.value());
        return switch (received) {
            case UpstreamResponse.Complete complete ->
                new UpstreamResponse.Complete(complete.status(), headers, complete.instance(), complete.body());
            case UpstreamResponse.Streamed streamed ->
                new UpstreamResponse.Streamed(
                        streamed.status(), headers, streamed.instance(), streamed.body(), streamed.discard());
        };
    }
}
