package kinoteka.gateway.transport;

import java.time.Duration;
import kinoteka.gateway.settings.DataSizeRange;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits on the size and the time of a request.
 *
 * @param bodyLimit largest request body. The bytes that arrive are counted, whatever {@code Content-Length} says; a larger body
 *     is rejected with 413. 0 to 1 GB
 * @param bodyDeadline time in which the body must arrive; a slower one is rejected with 408. 1 ms to 1 h
 * @param bodyMinRate bytes of a body that must have arrived for each second, from the fifth second on; a slower body is rejected with
 *     408. 0B to 1 GB; 0B sets no rate
 * @param headerDeadline time in which the headers must arrive; slower ones are rejected with 408 and the connection is closed. For
 *     the first request of a connection it begins when the connection is accepted (with TLS, when its handshake is
 *     complete); a connection on which nothing arrived is closed without a response. For the others it
 *     begins with their first byte. On HTTP/2 it applies to the connection preface only; afterwards {@code
 *     server.netty.idle-timeout} does. 1 ms to 1 h
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.request")
public record RequestSettings(
        @DefaultValue("1MB") @DataSizeRange(max = "1GB") DataSize bodyLimit,

        @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration bodyDeadline,

        @DefaultValue("1KB") @DataSizeRange(max = "1GB") DataSize bodyMinRate,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration headerDeadline) {}
