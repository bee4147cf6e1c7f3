package kinoteka.gateway.resilience.retry;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
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
 * Retries of requests that could not be sent, and of safe requests whose connection was closed before the response.
 *
 * @param enabled whether such requests are retried
 * @param maxRetries maximum number of retries of one request. 1 to 5
 * @param backoff longest pause before the first retry, doubled for each further one. The pause is random between zero and this (full
 *     jitter). 1 ms to 1 s
 * @param timeLimit time since the request was first sent, after which it is not retried. 1 ms to 1 min
 * @param budgetRatio maximum number of retries, divided by the number of requests, within ten seconds. 0 to 1
 * @param budgetMinPerSecond number of retries per second that are allowed in any case, so that a gateway with few requests can retry
 *     at all. 0 to 1000
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.resilience.retry")
public record RetrySettings(
        @AtStart @DefaultValue("true") boolean enabled,
        @DefaultValue("2") @Min(1) @Max(5) int maxRetries,

        @DefaultValue("10ms") @DurationMin(millis = 1) @DurationMax(seconds = 1)
        Duration backoff,

        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration timeLimit,

        @DefaultValue("0.2") @DecimalMin("0") @DecimalMax("1")
        double budgetRatio,

        @DefaultValue("5") @Min(0) @Max(1000) int budgetMinPerSecond) {}
