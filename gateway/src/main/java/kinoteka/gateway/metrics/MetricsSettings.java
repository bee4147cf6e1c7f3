package kinoteka.gateway.metrics;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kinoteka.gateway.settings.AtStart;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the metrics.
 *
 * @param hosts host names of the gateway, without port, which the metrics distinguish. Requests for any other name are
 *     counted as {@code other}. 1 to 100 names
 */
@AtStart
@Validated
@ConfigurationProperties("kinoteka.gateway.metrics")
public record MetricsSettings(
        @DefaultValue("localhost") @NotEmpty @Size(max = 100)
        Set<String> hosts) {

    public MetricsSettings {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
