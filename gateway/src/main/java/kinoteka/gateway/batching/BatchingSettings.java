package kinoteka.gateway.batching;

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
 * Reads of single resources that wait at the same moment become one call of the catalogue.
 *
 * @param enabled whether reads are combined
 * @param maxSize the largest number of resources in one call. 2 to 256
 * @param maxInFlight calls of one event loop for resources of one kind that are in progress while further reads wait for the next call.
 *     1 to 100
 * @param maxWait the longest time for which a read waits for calls in progress, before it is sent nevertheless. 1 ms to 1 s
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.batching")
public record BatchingSettings(
        @AtStart @DefaultValue("true") boolean enabled,
        @DefaultValue("64") @Min(2) @Max(256) int maxSize,
        @DefaultValue("1") @Min(1) @Max(100) int maxInFlight,

        @DefaultValue("20ms") @DurationMin(millis = 1) @DurationMax(seconds = 1)
        Duration maxWait) {}
