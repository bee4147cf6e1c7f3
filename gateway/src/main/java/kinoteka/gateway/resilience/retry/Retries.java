package kinoteka.gateway.resilience.retry;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.ThreadLocalRandom;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.Upstream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds retries to the calls of the catalogue, which share one budget. */
@Component
public class Retries {

    private final Live<RetrySettings> live;
    private final PrometheusRegistry registry;
    private final @Nullable RetryBudget budget;
    private final @Nullable RetryMetrics metrics;

    Retries(Live<RetrySettings> live, PrometheusRegistry registry) {
        this.live = live;
        var settings = live.get();
        this.registry = registry;
        this.budget = settings.enabled()
                ? new RetryBudget(settings.budgetRatio(), settings.budgetMinPerSecond(), System::nanoTime)
                : null;
        this.metrics = settings.enabled() ? new RetryMetrics(registry) : null;
    }

    /** Returns an upstream that retries calls, or this one if retries are switched off. */
    public Upstream decorate(Upstream upstream) {
        var shared = budget;
        var counters = metrics;
        if (shared == null || counters == null) {
            return upstream;
        }
        live.onChange(changed -> shared.change(changed.budgetRatio(), changed.budgetMinPerSecond()));
        GaugeWithCallback.builder()
                .name("upstream_retry_budget")
                .help("Retries that the retry budget allows now.")
                .labelNames("upstream")
                .callback(gauge -> gauge.call(shared.remaining(), "catalogue"))
                .register(registry);
        return new Retrying(
                upstream,
                live::get,
                shared,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble(),
                counters);
    }

    /**
     * Takes one retry of a call that was broken off out of the budget, and records it.
     *
     * @return false if none is left, if the call has been retried as often as it may be, and if retries are switched off
     */
    public boolean tryRetry(CallRecord call) {
        return budget != null
                && metrics != null
                && call.retries() < live.get().maxRetries()
                && Retrying.tryRetry(budget, metrics, call, FailureReason.BROKEN_OFF);
    }

    /** The number of retries that are allowed now; null if retries are switched off. */
    public @Nullable Integer remainingBudget() {
        return budget == null ? null : budget.remaining();
    }
}
