package kinoteka.gateway.ratelimit.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import kinoteka.gateway.settings.AtStart;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How several gateways count the requests of a client together.
 *
 * @param uri address of a Redis server, such as {@code redis://user:password@host:6379}, {@code rediss://} with TLS, or
 *     {@code redis-sentinel://host:26379#name}. If it is not set, each gateway counts by itself
 * @param timeout longest time that a request waits for Redis. 1 ms to 10 s
 * @param onFailure what happens while Redis does not respond: {@code allow}, so that each gateway counts by itself, or {@code reject}, so
 *     that all requests are rejected with 503
 */
public record RedisSettings(
        @AtStart @Nullable String uri,

        @AtStart @DefaultValue("50ms") @DurationMin(millis = 1) @DurationMax(seconds = 10)
        Duration timeout,

        @DefaultValue("allow") OnFailure onFailure) {

    public RedisSettings {
        uri = uri == null || uri.isBlank() ? null : uri;
        if (uri != null && !isValid(uri)) {
            throw new IllegalArgumentException("kinoteka.gateway.ratelimit.redis.uri: " + uri.length()
                    + " characters (expected: an address such as redis://user:password@host:6379)");
        }
    }

    /** Omits the address, which may contain a password, so that it is not logged. */
    @Override
    public String toString() {
        return "RedisSettings[timeout=" + timeout + ", onFailure=" + onFailure + "]";
    }

    private static boolean isValid(String uri) {
        try {
            RedisURI.create(uri);
            return true;
        } catch (IllegalArgumentException invalid) {
            return false;
        }
    }
}
