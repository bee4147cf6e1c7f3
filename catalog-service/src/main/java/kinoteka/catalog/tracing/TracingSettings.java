package kinoteka.catalog.tracing;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Export of spans to an OpenTelemetry collector.
 *
 * @param endpoint URL of the collector to which spans are posted by OTLP over HTTP, such as {@code http://localhost:4318/v1/traces}.
 *     Without it no spans are recorded. With it, they are recorded of requests whose sampled flag is set: by the gateway, or by the
 *     client if the gateway exports no spans. So both should have one
 */
@ConfigurationProperties("kinoteka.catalog.tracing")
record TracingSettings(@Nullable URI endpoint) {

    TracingSettings {
        endpoint = endpoint == null || endpoint.toString().isEmpty() ? null : endpoint;
        if (endpoint != null && !isHttp(endpoint)) {
            throw new IllegalArgumentException("kinoteka.catalog.tracing.endpoint: " + endpoint
                    + " (expected: an HTTP URL, such as http://localhost:4318/v1/traces)");
        }
    }

    private static boolean isHttp(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
    }
}
