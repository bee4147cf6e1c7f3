package kinoteka.gateway.resilience.breaker;

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
 * Circuit breakers, which stop the requests to an instance that fails too often. Failures are requests without a complete response:
 * the instance could not be reached, did not respond in time, or closed the connection. Responses with status 5xx are not failures.
 *
 * @param enabled whether each instance has a circuit breaker
 * @param failureRate percentage of failures at which it opens. 1 to 100
 * @param slowCallRate percentage of slow requests at which it opens. 1 to 100
 * @param slowCallDuration time until the headers of the response, above which a request is slow. Lists and streams are never slow. 1 ms
 *     to 10 min
 * @param window time over which the percentages are measured. 1 s to 5 min
 * @param minCalls minimum number of requests in that time; with fewer it does not open. 1 to 100000
 * @param openDuration time for which it stays open. Then some requests test whether the instance has recovered. 1 ms to 5 min
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.resilience.circuit-breaker")
public record CircuitBreakerSettings(
        @AtStart @DefaultValue("true") boolean enabled,
        @DefaultValue("50") @Min(1) @Max(100) int failureRate,
        @DefaultValue("80") @Min(1) @Max(100) int slowCallRate,

        @DefaultValue("3s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration slowCallDuration,

        @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
        Duration window,

        @DefaultValue("20") @Min(1) @Max(100_000) int minCalls,

        @DefaultValue("2s") @DurationMin(millis = 1) @DurationMax(minutes = 5)
        Duration openDuration) {}
