package kinoteka.gateway.batching;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import kinoteka.gateway.headers.RequestHeaders;
import kinoteka.gateway.resilience.retry.Retries;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.upstream.Upstream;
import org.springframework.stereotype.Component;

/** Adds the combination of reads to the calls of the catalogue. */
@Component
public class Batching {

    private final Live<BatchingSettings> settings;
    private final RequestHeaders headers;
    private final Retries retries;
    private final PrometheusRegistry registry;

    Batching(Live<BatchingSettings> settings, RequestHeaders headers, Retries retries, PrometheusRegistry registry) {
        this.settings = settings;
        this.headers = headers;
        this.retries = retries;
        this.registry = registry;
    }

    /** Returns an upstream that combines reads, or this one if that is switched off. */
    public Upstream decorate(Upstream upstream) {
        return settings.get().enabled()
                ? new BatchingUpstream(
                        upstream,
                        settings::get,
                        headers::own,
                        retries::tryRetry,
                        System::nanoTime,
                        new BatchMetrics(registry))
                : upstream;
    }
}
