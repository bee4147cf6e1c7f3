package kinoteka.catalog.changes;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How changes are heard of and told.
 *
 * @param listeners streams of {@code /api/changes} at the same time; one more is answered 503. Each holds one of a gateway's
 *     {@code max-connections}: keep it well below them. 1 to 100000
 * @param queue events that wait for a listener who reads slowly; one more and the listener is cut off. 1 to 1000000
 * @param remembered latest events, for listeners who come back and say what they heard last. 1 to 1000000
 * @param heartbeat how often a sign of life is sent in every stream; keep it well below the gateway's
 *     {@code stall-limit}. 10 ms to 1 min
 * @param databaseHeartbeat how often the service has the database send it a sign of life; when none came for twice as long,
 *     listeners are told that they miss changes and the service connects anew. 10 ms to 1 min
 * @param longestPause between two attempts to connect to the database; pauses grow up to it. 10 ms to 1 min
 */
@Validated
@ConfigurationProperties("kinoteka.catalog.changes")
record ChangesSettings(
        @Min(1) @Max(100_000) @DefaultValue("100") int listeners,
        @Min(1) @Max(1_000_000) @DefaultValue("1000") int queue,
        @Min(1) @Max(1_000_000) @DefaultValue("10000") int remembered,

        @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration heartbeat,

        @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration databaseHeartbeat,

        @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration longestPause) {}
