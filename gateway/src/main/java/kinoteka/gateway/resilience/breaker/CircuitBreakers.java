package kinoteka.gateway.resilience.breaker;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.upstream.InstanceClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The circuit breakers of all instances, and their metrics. */
@Component
public class CircuitBreakers {

    private static final List<State> STATES = List.of(State.CLOSED, State.OPEN, State.HALF_OPEN);

    private final Live<CircuitBreakerSettings> live;
    private final boolean isEnabled;
    private final List<CircuitBreaking> all = new CopyOnWriteArrayList<>();

    CircuitBreakers(Live<CircuitBreakerSettings> live, PrometheusRegistry registry) {
        this.live = live;
        this.isEnabled = live.get().enabled();
        if (isEnabled) {
            registerMetrics(registry);
            live.onChange(changed -> all.forEach(breaking -> breaking.change(changed)));
        }
    }

    /** Returns a client with a circuit breaker, or this one if circuit breakers are switched off. */
    public InstanceClient decorate(InstanceClient client) {
        if (!isEnabled) {
            return client;
        }
        var breaking = new CircuitBreaking(client, live.get(), System::nanoTime);
        all.add(breaking);
        return breaking;
    }

    /** Removes the state of an instance that is not called any more. */
    public void remove(URI instance) {
        all.removeIf(breaking -> breaking.instance().equals(instance));
    }

    /** Returns the current state of the circuit breaker of this instance; null if circuit breakers are switched off. */
    public @Nullable Snapshot snapshot(String address) {
        for (var breaker : all) {
            if (breaker.instance().toString().equals(address)) {
                return Snapshot.of(breaker);
            }
        }
        return null;
    }

    private static String label(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private void registerMetrics(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("upstream_circuit_breaker_state")
                .help("1 for the state of the circuit breaker of the instance at this address, 0 for the other states.")
                .labelNames("upstream", "address", "state")
                .callback(gauge -> all.forEach(breaker -> STATES.forEach(state -> gauge.call(
                        breaker.state() == state ? 1 : 0,
                        "catalogue",
                        breaker.instance().toString(),
                        label(state)))))
                .register(registry);
        CounterWithCallback.builder()
                .name("upstream_circuit_breaker_opened_total")
                .help("Times that the circuit breaker of the instance at this address has opened.")
                .labelNames("upstream", "address")
                .callback(counter -> all.forEach(breaker -> counter.call(
                        breaker.openings(), "catalogue", breaker.instance().toString())))
                .register(registry);
        CounterWithCallback.builder()
                .name("upstream_circuit_breaker_rejected_total")
                .help("Calls that the circuit breaker of the instance at this address has rejected.")
                .labelNames("upstream", "address")
                .callback(counter -> all.forEach(breaker -> counter.call(
                        (double) breaker.rejected(),
                        "catalogue",
                        breaker.instance().toString())))
                .register(registry);
    }

    /**
     * The state of a circuit breaker at one time.
     *
     * @param state {@code closed}, {@code open} or {@code half_open}
     * @param calls number of calls from which the rates are computed
     * @param failureRate percentage of the calls; null while there are too few
     * @param slowCallRate percentage of the calls; null while there are too few
     * @param rejected number of calls rejected since the start
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Snapshot(
            String state,
            int calls,
            int failed,
            int slow,
            @Nullable Float failureRate,
            @Nullable Float slowCallRate,
            long rejected) {

        private static Snapshot of(CircuitBreaking breaker) {
            var metrics = breaker.metrics();
            return new Snapshot(
                    label(breaker.state()),
                    metrics.getNumberOfBufferedCalls(),
                    metrics.getNumberOfFailedCalls(),
                    metrics.getNumberOfSlowCalls(),
                    rate(metrics.getFailureRate()),
                    rate(metrics.getSlowCallRate()),
                    breaker.rejected());
        }

        /** Resilience4j reports -1 while there are too few calls. */
        private static @Nullable Float rate(float percentage) {
            return percentage < 0 ? null : percentage;
        }
    }
}
