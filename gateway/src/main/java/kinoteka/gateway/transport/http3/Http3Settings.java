package kinoteka.gateway.transport.http3;

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
 * HTTP/3, on the UDP port with the number of the HTTPS port.
 *
 * @param enabled whether HTTP/3 is served; needs HTTPS. Off by default, because firewalls and load balancers often let no UDP through: clients
 *     that are told of HTTP/3 would try it in vain
 * @param publicPort the UDP port that clients are told of in {@code Alt-Svc}: that of the load balancer, if there is one. 0 to 65535; 0 is
 *     the port on which the gateway listens
 * @param maxAge how long clients remember that there is HTTP/3. 1 s to 30 d
 */
@AtStart
@Validated
@ConfigurationProperties("kinoteka.gateway.http3")
public record Http3Settings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("0") @Min(0) @Max(65_535) int publicPort,

        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 30)
        Duration maxAge) {}
