package kinoteka.gateway.compression;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import kinoteka.gateway.compression.codec.Coding;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** What compression saves, and how many compressors hold memory. Thread-safe. */
@Component
@ConditionalOnProperty(name = "kinoteka.gateway.compression.enabled", matchIfMissing = true)
class CompressionMetrics {

    private final Counter input;
    private final Counter output;
    private final Gauge open;

    CompressionMetrics(PrometheusRegistry registry) {
        input = Counter.builder()
                .name("compression_input_bytes_total")
                .help("Bytes of responses before their compression.")
                .labelNames("encoding")
                .register(registry);
        output = Counter.builder()
                .name("compression_output_bytes_total")
                .help("Bytes of responses after their compression.")
                .labelNames("encoding")
                .register(registry);
        open = Gauge.builder()
                .name("compressors")
                .help("Compressors of responses in progress, each of which holds memory.")
                .labelNames("encoding")
                .register(registry);
        for (var coding : Coding.values()) {
            input.initLabelValues(coding.token());
            output.initLabelValues(coding.token());
            open.initLabelValues(coding.token());
        }
    }

    void opened(Coding coding) {
        open.labelValues(coding.token()).inc();
    }

    void closed(Coding coding) {
        open.labelValues(coding.token()).dec();
    }

    void compressed(Coding coding, int before, int after) {
        input.labelValues(coding.token()).inc(before);
        output.labelValues(coding.token()).inc(after);
    }
}
