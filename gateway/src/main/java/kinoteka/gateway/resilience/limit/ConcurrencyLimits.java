package kinoteka.gateway.resilience.limit;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.upstream.InstanceClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The concurrency limits of all instances, and their metrics. */
@Component
public class ConcurrencyLimits {

    private final Live<ConcurrencyLimitSettings> live;
    private final boolean isEnabled;
    private final List<ConcurrencyLimiting> all = new CopyOnWriteArrayList<>();

    ConcurrencyLimits(Live<ConcurrencyLimitSettings> live, PrometheusRegistry registry) {
        this.live = live;
        this.isEnabled = live.get().enabled();
        if (isEnabled) {
            registerMetrics(registry);
            live.onChange(changed -> all.forEach(limiting -> limiting.change(changed)));
        }
    }

    /** Returns a client with a concurrency limit, or this one if concurrency limits are switched off. */
    public InstanceClient decorate(InstanceClient client) {
        if (!isEnabled) {
            return client;
        }
        var limiting = new ConcurrencyLimiting(client, live.get(), System::nanoTime);
        all.add(limiting);
        return limiting;
    }

    /** Removes the state of an instance that is not called any more. */
    public void remove(URI instance) {
        all.removeIf(limiting -> limiting.instance().equals(instance));
    }

    /** Returns the current state of the concurrency limit of this instance; null if concurrency limits are switched off. */
    public @Nullable Snapshot snapshot(String address) {
        for (var limiting : all) {
            if (limiting.instance().toString().equals(address)) {
                return new Snapshot(limiting.limit(), limiting.inFlight(), limiting.rejected());
            }
        }
        return null;
    }

    private void registerMetrics(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("upstream_concurrency_limit")
                .help("Number of short calls of the instance at this address that may be in progress.")
                .labelNames("upstream", "address")
                .callback(gauge -> all.forEach(limiting -> gauge.call(
                        limiting.limit(), "catalogue", limiting.instance().toString())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("upstream_concurrency_in_flight")
                .help("Number of short calls of the instance at this address that are in progress.")
                .labelNames("upstream", "address")
                .callback(gauge -> all.forEach(limiting -> gauge.call(
                        limiting.inFlight(), "catalogue", limiting.instance().toString())))
                .register(registry);
        CounterWithCallback.builder()
                .name("upstream_concurrency_rejected_total")
                .help("Calls that the concurrency limit of the instance at this address has rejected.")
                .labelNames("upstream", "address")
                .callback(counter -> all.forEach(limiting -> counter.call(
                        (double) limiting.rejected(),
                        "catalogue",
                        limiting.instance().toString())))
                .register(registry);
    }

    /**
     * The state of a concurrency limit at one time.
     *
     * @param inFlight number of short calls in progress
     * @param rejected number of calls rejected since the start
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Snapshot(int limit, int inFlight, long rejected) {}
}
