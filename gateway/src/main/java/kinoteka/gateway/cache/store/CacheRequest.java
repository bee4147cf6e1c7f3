package kinoteka.gateway.cache.store;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import kinoteka.gateway.cache.directive.EntityTags;
import kinoteka.gateway.cache.directive.RequestDirectives;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.writes.ReadYourWrites;

/**
 * What the cache needs to know about a GET or HEAD request. The filter derives it from the client's headers, and the decorator of
 * {@code Upstream} from those that are forwarded; both are the same here.
 *
 * @param key identifies the stored response
 * @param headers must not be modified
 */
public record CacheRequest(
        Endpoint endpoint, HttpMethod method, CacheKey key, HttpHeaders headers, RequestDirectives directives) {

    /** Personal data depends on these. */
    private static final CharSequence[] CREDENTIALS = {HttpHeaderNames.AUTHORIZATION, HttpHeaderNames.COOKIE};

    /** Conditions and ranges that only the catalogue evaluates; the last one is that of a client that has written elsewhere. */
    private static final CharSequence[] CONDITIONS = {
        HttpHeaderNames.RANGE,
        HttpHeaderNames.IF_RANGE,
        HttpHeaderNames.IF_MATCH,
        HttpHeaderNames.IF_MODIFIED_SINCE,
        HttpHeaderNames.IF_UNMODIFIED_SINCE,
        ReadYourWrites.POSITION
    };

    /** Reads a request whose method is GET or HEAD. */
    public static CacheRequest of(
            Endpoint endpoint, HttpMethod method, String target, HttpHeaders headers, VaryNames vary) {
        return new CacheRequest(
                endpoint,
                method,
                new CacheKey(target, vary.select(endpoint, headers)),
                headers,
                RequestDirectives.of(headers));
    }

    /** Whether the response may depend on who asks, so that it is neither stored nor taken from a stored one. */
    public boolean hasCredentials() {
        return hasCredentials(headers);
    }

    /** Whether the response to a request with these headers may depend on who asks. */
    public static boolean hasCredentials(HttpHeaders headers) {
        return containsAny(headers, CREDENTIALS);
    }

    /** Whether only the catalogue can evaluate the conditions of the request. */
    public boolean hasForeignConditions() {
        return hasForeignConditions(headers);
    }

    /** Whether only the catalogue can evaluate the conditions of a request with these headers. */
    public static boolean hasForeignConditions(HttpHeaders headers) {
        return containsAny(headers, CONDITIONS)
                || (headers.contains(HttpHeaderNames.IF_NONE_MATCH)
                        && compare(headers, "") == EntityTags.Result.MALFORMED);
    }

    private static boolean containsAny(HttpHeaders headers, CharSequence[] names) {
        for (var name : names) {
            if (headers.contains(name)) {
                return true;
            }
        }
        return false;
    }

    public boolean isHead() {
        return method.equals(HttpMethod.HEAD);
    }

    /** Whether the client has this representation, and says so. */
    public boolean knows(StoredResponse stored) {
        return headers.contains(HttpHeaderNames.IF_NONE_MATCH)
                && compare(headers, stored.etag()) == EntityTags.Result.MATCHES;
    }

    private static EntityTags.Result compare(HttpHeaders headers, String etag) {
        return EntityTags.compare(headers.getAll(HttpHeaderNames.IF_NONE_MATCH), etag);
    }
}
