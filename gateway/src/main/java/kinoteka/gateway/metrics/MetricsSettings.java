package kinoteka.gateway.metrics;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is told apart in the metrics.
 *
 * @param hosts names under which clients reach the gateway, without port; every other name is counted as {@code
 *     other}. 1 to 100 names
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.metrics")
public record MetricsSettings(
        @DefaultValue("localhost") @NotEmpty @Size(max = 100)
        Set<String> hosts) {

    public MetricsSettings {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
