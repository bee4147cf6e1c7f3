package kinoteka.gateway.resilience.retry;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.ThreadLocalRandom;
import kinoteka.gateway.upstream.Upstream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds retries to the calls of the catalogue, which share one budget. */
@Component
public class Retries {

    private final RetrySettings settings;
    private final PrometheusRegistry registry;
    private final @Nullable RetryBudget budget;

    Retries(RetrySettings settings, PrometheusRegistry registry) {
        this.settings = settings;
        this.registry = registry;
        this.budget = settings.enabled()
                ? new RetryBudget(settings.budgetRatio(), settings.budgetMinPerSecond(), System::nanoTime)
                : null;
    }

    /** Returns an upstream that retries calls, or this one if retries are switched off. */
    public Upstream decorate(Upstream upstream) {
        var shared = budget;
        if (shared == null) {
            return upstream;
        }
        GaugeWithCallback.builder()
                .name("upstream_retry_budget")
                .help("Retries that the retry budget allows now.")
                .labelNames("upstream")
                .callback(gauge -> gauge.call(shared.remaining(), "catalogue"))
                .register(registry);
        return new Retrying(
                upstream,
                settings,
                shared,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble(),
                new RetryMetrics(registry));
    }

    /** The number of retries that are allowed now; null if retries are switched off. */
    public @Nullable Integer remainingBudget() {
        return budget == null ? null : budget.remaining();
    }
}
