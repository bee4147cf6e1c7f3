package kinoteka.gateway.cors;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * CORS: the origins whose scripts may read responses in a browser. The methods are those of the allow-list.
 *
 * @param allowedOrigins origins as a browser sends them, comma-separated, such as {@code https://films.example}, or {@code *} for all.
 *     None by default: then no response has a header of CORS
 * @param allowedHeaders request headers that scripts may set, besides those that the Fetch Standard always permits
 * @param exposedHeaders response headers that scripts may read, besides those that the Fetch Standard always permits
 * @param credentials whether browsers send their cookies and client certificates. The API uses neither: it takes a token in
 *     {@code Authorization}, which needs no such permission. Not with the origin {@code *}
 * @param maxAge how long a browser may keep the response to a preflight request. 0 to 24 h
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.cors")
public record CorsSettings(
        @DefaultValue List<String> allowedOrigins,

        @DefaultValue({
            "Authorization",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "Idempotency-Key",
            "Last-Event-ID",
            "traceparent",
            "tracestate"
        })
        List<String> allowedHeaders,

        @DefaultValue({"Allow", "ETag", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After"})
        List<String> exposedHeaders,

        @DefaultValue("false") boolean credentials,

        @DefaultValue("1h") @DurationMin @DurationMax(hours = 24)
        Duration maxAge) {

    static final String ANY = "*";

    /** As browsers serialize an origin: in lower case, without the default port of the scheme. */
    private static final Pattern ORIGIN = Pattern.compile(
            "(?!http:.*:80$|https:.*:443$)https?://(?:[a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::[0-9]{1,5})?");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    public CorsSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedHeaders = List.copyOf(allowedHeaders);
        exposedHeaders = List.copyOf(exposedHeaders);
        for (var origin : allowedOrigins) {
            check(
                    origin.equals(ANY) || ORIGIN.matcher(origin).matches(),
                    "allowed-origins",
                    origin,
                    "* or origins such as https://films.example: in lower case, without a path or the default port");
        }
        check(!credentials || !allowedOrigins.contains(ANY), "allowed-origins", ANY, "no * together with credentials");
        checkNames("allowed-headers", allowedHeaders);
        checkNames("exposed-headers", exposedHeaders);
    }

    private static void checkNames(String setting, List<String> names) {
        for (var name : names) {
            check(NAME.matcher(name).matches(), setting, name, "names of headers");
        }
    }

    private static void check(boolean valid, String setting, String value, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "kinoteka.gateway.cors." + setting + ": " + value + " (expected: " + expected + ")");
        }
    }

    /** Whether every origin is allowed. */
    boolean isAnyAllowed() {
        return allowedOrigins.contains(ANY);
    }
}
