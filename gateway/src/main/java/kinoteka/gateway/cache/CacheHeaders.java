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
        var headers = new DefaultHttpHeaders();
        addStored(isKnown ? stored.notModifiedHeaders() : stored.headers(), status, age, headers);
        return isKnown
                ? new UpstreamResponse.Complete(NOT_MODIFIED, headers, instance, NO_BODY)
                : new UpstreamResponse.Complete(stored.status(), headers, instance, stored.body());
    }

    /**
     * Adds the headers of a stored response to those of a response to a client, with what the cache did.
     *
     * @param stored the headers of the stored response that are sent
     * @param age in seconds; negative if the stored response was made for this request
     */
    static void addStored(HttpHeaders stored, CacheStatus status, long age, HttpHeaders response) {
        response.add(stored);
        response.set(CacheStatus.HEADER, status.value());
        if (age >= 0) {
            response.set(HttpHeaderNames.AGE, Long.toString(age));
        }
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
