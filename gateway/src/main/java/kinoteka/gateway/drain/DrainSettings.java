package kinoteka.gateway.drain;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The end of a gateway behind a load balancer.
 *
 * @param pause from the signal to stop, when {@code /ping} begins to answer 503, until no more connections are taken: longer
 *     than the load balancer needs to notice, which is its interval times its threshold. Requests under way then have
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}, 20 s, to end. 0 to 19 s
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.drain")
public record DrainSettings(
        @DefaultValue("0s") @DurationMin @DurationMax(seconds = 19)
        Duration pause) {}
