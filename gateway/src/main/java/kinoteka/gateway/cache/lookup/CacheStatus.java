package kinoteka.gateway.cache.lookup;

import java.util.Locale;

/** What the cache did with a request, as {@code Cache-Status} says it (RFC 9211) and as the metrics count it. */
public enum CacheStatus {
    /** A stored response was sent. */
    HIT("hit"),
    /** A stored response was sent although it is stale, because the client agrees. */
    HIT_STALE("hit; detail=stale"),
    /** A stored response was sent although it is stale, because the catalogue failed. */
    HIT_ON_ERROR("hit; detail=stale-if-error"),
    /** No response was stored; that of the catalogue was. */
    MISS_STORED("fwd=miss; stored"),
    /** No response was stored, nor was that of the catalogue. */
    MISS("fwd=miss"),
    /** No response was stored; the request got that of another one, which waited for the catalogue at the same time. */
    MISS_COLLAPSED("fwd=miss; collapsed"),
    /** A stored response was stale; that of the catalogue replaced it. */
    STALE_STORED("fwd=stale; stored"),
    /** A stored response was stale; the catalogue said that it was still the current one. */
    STALE_VALIDATED("fwd=stale; fwd-status=304; stored"),
    /** A stored response was stale; that of the catalogue was not stored. */
    STALE("fwd=stale"),
    /** A stored response was stale; the request got that of another one, which waited for the catalogue at the same time. */
    STALE_COLLAPSED("fwd=stale; collapsed"),
    /** The client's {@code Cache-Control} did not allow what was stored. */
    REQUEST("fwd=request"),
    /** The same; the response was stored. */
    REQUEST_STORED("fwd=request; stored"),
    /** The same; the catalogue said that what was stored was still the current response. */
    REQUEST_VALIDATED("fwd=request; fwd-status=304; stored"),
    /** The request has credentials, a range, or a condition that only the catalogue evaluates. */
    BYPASS("fwd=bypass"),
    /** Changes are not received at the moment. */
    NOT_LISTENING("fwd=bypass; detail=not-listening"),
    /** Nothing usable was stored, and the client does not want that the catalogue is asked. */
    ONLY_IF_CACHED("detail=only-if-cached");

    /** The header. */
    public static final String HEADER = "Cache-Status";

    private final String value;

    CacheStatus(String parameters) {
        this.value = "kinoteka; " + parameters;
    }

    /** The value of the header. */
    public String value() {
        return value;
    }

    /** The value of the metric label {@code result}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
