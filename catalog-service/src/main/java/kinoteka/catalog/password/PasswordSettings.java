package kinoteka.catalog.password;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits for the hashing of passwords. A hash is expensive on purpose: it occupies a core for about a tenth of a second.
 *
 * @param maxConcurrent passwords that are hashed at the same time, each on a thread of its own: at most half of the cores.
 *     1 to 64
 * @param maxWaiting requests that may wait for these threads; one more gets a 503. Requests without a token may take at most
 *     half of these places, so that registrations do not keep customers from changing their passwords. 2 to 10000
 * @param maxPerClient requests of one client that may wait or be in progress; one more gets a 429. A client is the subject of
 *     its token, or without a token its address. 1 to 10000
 * @param timeout for a request, from its arrival to the hash; after it the client gets a 503. 10 ms to 1 min
 */
@Validated
@ConfigurationProperties("kinoteka.catalog.password")
record PasswordSettings(
        @Min(1) @Max(64) @DefaultValue("1") int maxConcurrent,
        @Min(2) @Max(10_000) @DefaultValue("40") int maxWaiting,
        @Min(1) @Max(10_000) @DefaultValue("10") int maxPerClient,

        @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration timeout) {

    /** Requests that may wait or be in progress. */
    int maxRequests() {
        return maxConcurrent + maxWaiting;
    }

    /** Requests without a token that may wait or be in progress. */
    int maxAnonymousRequests() {
        return maxConcurrent + maxWaiting / 2;
    }
}
