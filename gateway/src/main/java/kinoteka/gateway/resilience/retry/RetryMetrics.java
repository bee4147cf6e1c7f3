package kinoteka.gateway.resilience.retry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import kinoteka.gateway.upstream.FailureReason;

/** The metrics of retries. */
final class RetryMetrics {

    private final Counter retried;
    private final Counter exhausted;

    RetryMetrics(PrometheusRegistry registry) {
        retried = Counter.builder()
                .name("upstream_retries_total")
                .help("Retries, by the reason why the previous attempt failed.")
                .labelNames("upstream", "reason")
                .register(registry);
        for (var reason : FailureReason.values()) {
            if (Retrying.isRetried(reason)) {
                retried.initLabelValues("catalogue", reason.label());
            }
        }
        exhausted = Counter.builder()
                .name("upstream_retry_budget_exhausted_total")
                .help("Requests that were not retried because the retry budget was exhausted.")
                .labelNames("upstream")
                .register(registry);
        exhausted.initLabelValues("catalogue");
    }

    void countRetry(FailureReason reason) {
        retried.labelValues("catalogue", reason.label()).inc();
    }

    void countExhausted() {
        exhausted.labelValues("catalogue").inc();
    }
}
