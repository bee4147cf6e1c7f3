package kinoteka.gateway.reload;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The metrics of changes of the configuration file. */
final class ReloadMetrics {

    private final Counter reloads;
    private final Gauge accepted;

    ReloadMetrics(PrometheusRegistry registry) {
        reloads = Counter.builder()
                .name("configuration_reloads_total")
                .help("Changes of the configuration file while the gateway runs.")
                .labelNames("result")
                .register(registry);
        reloads.initLabelValues("applied");
        reloads.initLabelValues("rejected");
        accepted = Gauge.builder()
                .name("configuration_accepted")
                .help("1 if the content of the configuration file was accepted, 0 while an earlier content is in use.")
                .register(registry);
        accepted.set(1);
    }

    void countApplied() {
        reloads.labelValues("applied").inc();
    }

    void countRejected() {
        reloads.labelValues("rejected").inc();
        accepted.set(0);
    }

    void setAccepted() {
        accepted.set(1);
    }
}
