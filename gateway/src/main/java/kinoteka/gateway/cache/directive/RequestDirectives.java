package kinoteka.gateway.cache.directive;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What a client says about stored responses (RFC 9111, 5.2.1). {@code Pragma} has no effect (RFC 9111, 5.4).
 *
 * @param noCache whether a stored response must not be used without asking the catalogue
 * @param noStore whether the response must not be stored
 * @param onlyIfCached whether the catalogue must not be asked
 * @param maxAge the largest age in seconds; {@link Long#MAX_VALUE} if any will do
 * @param minFresh the time in seconds for which the response must stay fresh
 * @param maxStale the time in seconds for which the response may have been stale; 0 if it must be fresh
 */
public record RequestDirectives(
        boolean noCache, boolean noStore, boolean onlyIfCached, long maxAge, long minFresh, long maxStale) {

    private static final RequestDirectives NONE = new RequestDirectives(false, false, false, Long.MAX_VALUE, 0, 0);

    /** Returns the directives of a request. */
    public static RequestDirectives of(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.CACHE_CONTROL)
                ? of(CacheControl.parse(headers.getAll(HttpHeaderNames.CACHE_CONTROL)))
                : NONE;
    }

    /** An invalid number is read as the one that asks for the freshest response. */
    private static RequestDirectives of(CacheControl sent) {
        return new RequestDirectives(
                sent.has("no-cache"),
                sent.has("no-store"),
                sent.has("only-if-cached"),
                seconds(sent, "max-age", Long.MAX_VALUE, 0),
                seconds(sent, "min-fresh", 0, Long.MAX_VALUE),
                sent.hasNoValue("max-stale") ? Long.MAX_VALUE : seconds(sent, "max-stale", 0, 0));
    }

    private static long seconds(CacheControl sent, String name, long absent, long invalid) {
        var seconds = sent.seconds(name);
        return seconds == CacheControl.ABSENT ? absent : seconds == CacheControl.INVALID ? invalid : seconds;
    }
}
