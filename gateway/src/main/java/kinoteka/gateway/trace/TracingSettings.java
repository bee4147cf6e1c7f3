package kinoteka.gateway.trace;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import kinoteka.gateway.settings.AtStart;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Export of spans to an OpenTelemetry collector.
 *
 * @param endpoint URL of the collector to which spans are posted by OTLP over HTTP, such as {@code http://localhost:4318/v1/traces}.
 *     Without it no spans are recorded, and the sampled flags of clients are passed on to the catalogue unchanged
 * @param probability share of requests whose spans are recorded. 0 to 1
 * @param clientMaxRate traces per second that are recorded because the client asks for it by the sampled flag of its
 *     {@code traceparent}. All clients share it, so that none of them can make each of its requests expensive. 0 to 1000
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.tracing")
public record TracingSettings(
        @AtStart @Nullable URI endpoint,

        @DefaultValue("0.01") @DecimalMin("0") @DecimalMax("1")
        double probability,

        @DefaultValue("1") @Min(0) @Max(1_000) int clientMaxRate) {

    public TracingSettings {
        endpoint = endpoint == null || endpoint.toString().isEmpty() ? null : endpoint;
        if (endpoint != null && !isHttp(endpoint)) {
            throw new IllegalArgumentException("kinoteka.gateway.tracing.endpoint: " + endpoint
                    + " (expected: an HTTP URL, such as http://localhost:4318/v1/traces)");
        }
    }

    private static boolean isHttp(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
    }
}
