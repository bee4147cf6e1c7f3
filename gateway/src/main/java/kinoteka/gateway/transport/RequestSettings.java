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
 * @param headerDeadline from the first byte of a request to the end of its headers; a slower one is answered 408 and
 *     the connection closed. HTTP/1.1 only: on HTTP/2 {@code server.netty.idle-timeout} bounds it. 1 ms to 1 h
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.request")
public record RequestSettings(
        @DefaultValue("1MB") DataSize bodyLimit,

        @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration bodyDeadline,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration headerDeadline) {

    private static final DataSize LARGEST = DataSize.ofGigabytes(1);

    public RequestSettings {
        if (bodyLimit.isNegative() || bodyLimit.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "kinoteka.gateway.request.body-limit: " + bodyLimit + " (expected: 0B to " + LARGEST + ")");
        }
    }
}
