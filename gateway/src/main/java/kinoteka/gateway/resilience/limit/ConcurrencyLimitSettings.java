package kinoteka.gateway.resilience.limit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import kinoteka.gateway.settings.AtStart;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Concurrency limits of requests with short responses. The limit of an instance falls while more than half of its responses take longer
 * than the target, and requests over it are rejected at once.
 *
 * @param enabled whether each instance has a concurrency limit
 * @param targetLatency time until the headers of the response; the limit falls while more than half of them take longer. 1 ms to 10 min
 * @param min the limit does not fall below this. 1 to 100000
 * @param max the limit at the start, and its maximum. It should not be larger than
 *     {@code kinoteka.gateway.upstream.requests.max-connections}, because further requests wait for a connection. 1 to 100000
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.resilience.concurrency-limit")
public record ConcurrencyLimitSettings(
        @AtStart @DefaultValue("true") boolean enabled,

        @DefaultValue("250ms") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration targetLatency,

        @DefaultValue("20") @Min(1) @Max(100_000) int min,
        @DefaultValue("256") @Min(1) @Max(100_000) int max) {

    public ConcurrencyLimitSettings {
        if (min > max) {
            throw new IllegalArgumentException("kinoteka.gateway.resilience.concurrency-limit.min: " + min
                    + " (expected: at most max, " + max + ")");
        }
    }
}
