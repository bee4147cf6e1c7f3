package kinoteka.gateway.drain;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Shutdown behind a load balancer.
 *
 * @param pause time from the signal to stop, when {@code /ping} begins to respond with 503 and responses begin to close their
 *     connections, until idle connections are closed and no more are accepted. It must be longer than the load balancer needs
 *     to notice, which is its interval times its threshold. Open requests then have
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}, 20 s, to finish. 0 to 19 s
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.drain")
public record DrainSettings(
        @DefaultValue("0s") @DurationMin @DurationMax(seconds = 19)
        Duration pause) {}
