package kinoteka.gateway.redirect;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kinoteka.gateway.settings.AtStart;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Redirection of requests from HTTP to HTTPS.
 *
 * @param enabled whether requests over HTTP are redirected, except for {@code /ping}, which is for health checks. Needs HTTPS and {@code hosts}
 * @param hosts host names of the gateway, without port, comma-separated. Requests for other names are not redirected, because the
 *     client could be sent anywhere, but rejected with 403
 * @param port port of the addresses to which clients are redirected: that of the load balancer, if there is one. 1 to 65535
 */
@AtStart
@Validated
@ConfigurationProperties("kinoteka.gateway.redirect")
public record RedirectSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue Set<String> hosts,
        @DefaultValue("443") @Min(1) @Max(65_535) int port) {

    public RedirectSettings {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        if (enabled && hosts.isEmpty()) {
            throw new IllegalArgumentException(
                    "kinoteka.gateway.redirect.hosts: none (expected: with redirect.enabled, the host names of the gateway)");
        }
    }
}
