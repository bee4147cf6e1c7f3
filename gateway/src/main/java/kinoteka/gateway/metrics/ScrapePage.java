package kinoteka.gateway.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.stereotype.Component;

/**
 * The endpoint that Prometheus scrapes. It prints small bucket bounds as {@code le="0.0001"}, because existing queries select buckets by
 * that text; the client library prints {@code 1.0E-4}.
 */
@Component
@WebEndpoint(id = "prometheus")
class ScrapePage extends PrometheusScrapeEndpoint {

    private static final Pattern SCIENTIFIC_BOUND = Pattern.compile("(?<=le=\")[0-9.]+E-[0-9]+(?=\")");

    ScrapePage(PrometheusRegistry registry) {
        super(registry, null);
    }

    @Override
    @ReadOperation(producesFrom = PrometheusOutputFormat.class)
    public WebEndpointResponse<byte[]> scrape(PrometheusOutputFormat format, @Nullable Set<String> includedNames) {
        var page = super.scrape(format, includedNames);
        var body = page.getBody();
        return format == PrometheusOutputFormat.CONTENT_TYPE_PROTOBUF || body == null
                ? page
                : new WebEndpointResponse<>(withPlainBounds(body), format);
    }

    private static byte[] withPlainBounds(byte[] page) {
        return SCIENTIFIC_BOUND
                .matcher(new String(page, StandardCharsets.UTF_8))
                .replaceAll(bound ->
                        new BigDecimal(bound.group()).stripTrailingZeros().toPlainString())
                .getBytes(StandardCharsets.UTF_8);
    }
}
