package kinoteka.gateway.cache.directive;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Set;

/**
 * What a response says about storing it in a shared cache (RFC 9111, 3, 4.2 and 5.2.2). {@code Gateway-Cache-Control} is for this cache
 * alone and replaces {@code Cache-Control} and {@code Expires} (RFC 9213). Nothing is stored on a guess: without an explicit lifetime a
 * response is stale at once.
 *
 * @param isStorable whether it may be stored
 * @param lifetime the time in seconds for which it is fresh
 * @param mustRevalidate whether it must not be used when it is stale, not even if the client agrees or the catalogue fails
 * @param staleIfError the time in seconds after its lifetime for which it may be used if the catalogue fails (RFC 5861, 4)
 */
public record ResponseDirectives(boolean isStorable, long lifetime, boolean mustRevalidate, long staleIfError) {

    /** The targeted field. */
    public static final String TARGETED = "Gateway-Cache-Control";

    /** The statuses that may be stored. All of them are cacheable and have no requirements of their own, as 206 has. */
    private static final Set<Integer> STATUSES = Set.of(200, 203, 301, 308, 404, 410);

    /** Returns the directives of a response. */
    public static ResponseDirectives of(int status, HttpHeaders headers) {
        var targeted = CacheControl.parse(headers.getAll(TARGETED));
        var isTargeted = !targeted.isEmpty()
                && targeted.seconds("max-age") != CacheControl.INVALID
                && targeted.seconds("s-maxage") != CacheControl.INVALID;
        var control = isTargeted ? targeted : CacheControl.parse(headers.getAll(HttpHeaderNames.CACHE_CONTROL));
        return new ResponseDirectives(
                isStorable(status, headers, control),
                lifetime(headers, control, isTargeted),
                control.has("must-revalidate")
                        || control.has("proxy-revalidate")
                        || control.has("no-cache")
                        || control.has("s-maxage"),
                Math.max(0, control.seconds("stale-if-error")));
    }

    private static boolean isStorable(int status, HttpHeaders headers, CacheControl control) {
        return STATUSES.contains(status)
                && (!control.has("no-store") || control.has("must-understand"))
                && !control.has("private")
                && !headers.contains(HttpHeaderNames.CONTENT_RANGE)
                && !headers.contains(HttpHeaderNames.SET_COOKIE)
                && !variesByEverything(headers);
    }

    private static boolean variesByEverything(HttpHeaders headers) {
        return headers.containsValue(HttpHeaderNames.VARY, "*", true);
    }

    /** A value that is not valid makes the response stale (RFC 9111, 4.2.1). */
    private static long lifetime(HttpHeaders headers, CacheControl control, boolean isTargeted) {
        if (control.has("no-cache")) {
            return 0;
        }
        for (var name : new String[] {"s-maxage", "max-age"}) {
            var seconds = control.seconds(name);
            if (seconds != CacheControl.ABSENT) {
                return Math.max(0, seconds);
            }
        }
        return isTargeted ? 0 : untilExpires(headers);
    }

    private static long untilExpires(HttpHeaders headers) {
        var all = headers.getAll(HttpHeaderNames.EXPIRES);
        var expires = all.size() == 1 ? HttpDate.parse(all.getFirst()) : null;
        var date = HttpDate.parse(headers.get(HttpHeaderNames.DATE));
        return expires == null || date == null
                ? 0
                : Math.max(0, Duration.between(date, expires).toSeconds());
    }
}
