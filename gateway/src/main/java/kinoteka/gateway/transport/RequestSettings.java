package kinoteka.gateway.transport;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much and how slowly a client may send.
 *
 * @param bodyLimit largest request body, in bytes counted as they come, whatever {@code Content-Length} says; more is
 *     answered 413. 0 to 1 GB
 * @param bodyDeadline from the body asked for to its last byte; a slower one is answered 408. 1 ms to 1 h
 * @param bodyMinRate bytes of a body that must have arrived for each second since it was asked for, from the fifth second on; a slower
 *     one is answered 408. 0B to 1 GB; 0B sets no rate
 * @param headerDeadline from the first byte of a request to the end of its headers; a slower one is answered 408 and
 *     the connection closed. HTTP/1.1 only: on HTTP/2 {@code server.netty.idle-timeout} bounds it. 1 ms to 1 h
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.request")
public record RequestSettings(
        @DefaultValue("1MB") DataSize bodyLimit,

        @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration bodyDeadline,

        @DefaultValue("1KB") DataSize bodyMinRate,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration headerDeadline) {

    private static final DataSize LARGEST = DataSize.ofGigabytes(1);

    public RequestSettings {
        check("body-limit", bodyLimit);
        check("body-min-rate", bodyMinRate);
    }

    private static void check(String name, DataSize size) {
        if (size.isNegative() || size.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "kinoteka.gateway.request." + name + ": " + size + " (expected: 0B to " + LARGEST + ")");
        }
    }
}
