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

    /** In the place of an instance, for a response from memory. */
    static final String MEMORY = "cache";

    private static final byte[] NO_BODY = {};

    private CacheHeaders() {}

    /**
     * Returns a response from a stored one.
     *
     * @param age in seconds; negative if the response was made for this request
     * @param instance that the response came from
     */
    static UpstreamResponse.Complete response(
            StoredResponse stored, CacheRequest asked, CacheStatus status, long age, String instance) {
        var isKnown = asked.knows(stored);
        var headers = new DefaultHttpHeaders()
                .add(isKnown ? stored.notModifiedHeaders() : stored.headers())
                .set(CacheStatus.HEADER, status.value());
        if (age >= 0) {
            headers.set(HttpHeaderNames.AGE, Long.toString(age));
        }
        return isKnown
                ? new UpstreamResponse.Complete(NOT_MODIFIED, headers, instance, NO_BODY)
                : new UpstreamResponse.Complete(stored.status(), headers, instance, stored.body());
    }

    /**
     * Adds the headers of a response from memory.
     *
     * @param stored those of the stored response that it has
     * @param age in seconds
     */
    static void addHit(HttpHeaders stored, CacheStatus status, long age, HttpHeaders response) {
        response.add(stored);
        response.set(HttpHeaderNames.AGE, Long.toString(age));
        response.set(CacheStatus.HEADER, status.value());
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
