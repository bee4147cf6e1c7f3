package kinoteka.gateway.cache.store;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kinoteka.gateway.cache.coherence.Stamp;
import kinoteka.gateway.cache.directive.CacheControl;
import kinoteka.gateway.cache.directive.HttpDate;
import kinoteka.gateway.cache.directive.ResponseDirectives;
import kinoteka.gateway.headers.ResponseHeaders;

/** A complete response as it is sent to clients, with all that is needed to decide whether it may be. Immutable. */
public final class StoredResponse {

    /** The headers of a 304 (RFC 9110, 15.4.5). */
    private static final Set<String> OF_NOT_MODIFIED =
            Set.of("cache-control", "content-location", "date", "etag", "expires", "vary");

    /** An estimate, in bytes, of what a header, and a whole entry, take besides their characters. */
    private static final int HEADER_OVERHEAD = 100;

    private static final int ENTRY_OVERHEAD = 500;

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final String etag;
    private final ResponseDirectives directives;
    private final Stamp stamp;
    private final long initialAge;
    private final long receivedAt;

    private StoredResponse(
            int status,
            HttpHeaders headers,
            byte[] body,
            ResponseDirectives directives,
            Stamp stamp,
            long initialAge,
            long receivedAt) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.etag = headers.get(HttpHeaderNames.ETAG, "");
        this.directives = directives;
        this.stamp = stamp;
        this.initialAge = initialAge;
        this.receivedAt = receivedAt;
    }

    /**
     * Stores a response.
     *
     * @param received the headers as the catalogue sent them
     * @param body must not be modified
     * @param stamp taken before the request was sent
     */
    public static StoredResponse of(
            int status,
            HttpHeaders received,
            byte[] body,
            ResponseDirectives directives,
            Stamp stamp,
            Exchange exchange) {
        var headers = new DefaultHttpHeaders();
        ResponseHeaders.forward(received, headers);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return of(status, received, headers, body, directives, stamp, exchange);
    }

    /**
     * Returns this response, of which the catalogue has said that it is still the current one (RFC 9111, 3.2 and 4.3.4).
     *
     * @param received the headers of its 304
     */
    public StoredResponse updated(
            HttpHeaders received, ResponseDirectives updatedDirectives, Stamp updatedStamp, Exchange exchange) {
        var newer = new DefaultHttpHeaders();
        ResponseHeaders.forward(received, newer);
        newer.remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.CONTENT_ENCODING);
        newer.remove(HttpHeaderNames.CONTENT_TYPE).remove(HttpHeaderNames.CONTENT_RANGE);
        var merged = headers.copy().remove(HttpHeaderNames.DATE).setAll(newer);
        return of(status, received, merged, body, updatedDirectives, updatedStamp, exchange);
    }

    private static StoredResponse of(
            int status,
            HttpHeaders received,
            HttpHeaders headers,
            byte[] body,
            ResponseDirectives directives,
            Stamp stamp,
            Exchange exchange) {
        headers.remove(HttpHeaderNames.AGE);
        if (!headers.contains(HttpHeaderNames.DATE)) {
            headers.set(HttpHeaderNames.DATE, HttpDate.format(exchange.receivedOn));
        }
        return new StoredResponse(
                status, headers, body, directives, stamp, initialAge(received, exchange), exchange.receivedAt);
    }

    /** In seconds (RFC 9111, 4.2.3). */
    private static long initialAge(HttpHeaders received, Exchange exchange) {
        var date = HttpDate.parse(received.get(HttpHeaderNames.DATE));
        var apparent =
                date == null ? 0 : Duration.between(date, exchange.receivedOn).toSeconds();
        var stated = received.get(HttpHeaderNames.AGE);
        var age = stated == null
                ? 0
                : Math.max(0, CacheControl.parse(List.of("age=" + stated)).seconds("age"));
        var delay = Duration.ofNanos(exchange.receivedAt - exchange.sentAt).toSeconds();
        return Math.max(Math.max(0, apparent), age + delay);
    }

    public int status() {
        return status;
    }

    /** The headers for clients, except for {@code Age} and {@code Cache-Status}. Must not be modified. */
    public HttpHeaders headers() {
        return headers;
    }

    /** Returns those of these headers that a 304 has. */
    public HttpHeaders notModifiedHeaders() {
        var few = new DefaultHttpHeaders();
        for (var entry : headers) {
            if (OF_NOT_MODIFIED.contains(entry.getKey().toLowerCase(Locale.ROOT))) {
                few.add(entry.getKey(), entry.getValue());
            }
        }
        return few;
    }

    /** Must not be modified. */
    public byte[] body() {
        return body;
    }

    /** The entity tag; empty if there is none. */
    public String etag() {
        return etag;
    }

    public ResponseDirectives directives() {
        return directives;
    }

    public Stamp stamp() {
        return stamp;
    }

    /** Returns the age in seconds (RFC 9111, 4.2.3). */
    public long age(long nanoTime) {
        return initialAge + Duration.ofNanos(nanoTime - receivedAt).toSeconds();
    }

    /** The memory that the response takes, in bytes, estimated. */
    int weight(CacheKey key) {
        var weight = ENTRY_OVERHEAD
                + body.length
                + 2L * (key.target().length() + key.selected().length());
        for (var entry : headers) {
            weight +=
                    HEADER_OVERHEAD + entry.getKey().length() + entry.getValue().length();
        }
        return (int) Math.min(Integer.MAX_VALUE, weight);
    }

    /**
     * When a response was requested and received.
     *
     * @param sentAt nanoseconds since an arbitrary fixed time
     * @param receivedAt the same, by the same clock
     * @param receivedOn the time of day
     */
    public record Exchange(long sentAt, long receivedAt, Instant receivedOn) {}
}
