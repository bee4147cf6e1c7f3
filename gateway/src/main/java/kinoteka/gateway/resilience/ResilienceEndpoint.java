package kinoteka.gateway.resilience;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import kinoteka.gateway.resilience.breaker.CircuitBreakers;
import kinoteka.gateway.resilience.limit.ConcurrencyLimits;
import kinoteka.gateway.resilience.retry.Retries;
import kinoteka.gateway.upstream.instance.UpstreamInstances;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The state of every instance with its circuit breaker and its concurrency limit, and of the retry budget, for operators. */
@Component
@Endpoint(id = "resilience")
public class ResilienceEndpoint {

    private final UpstreamInstances instances;
    private final CircuitBreakers breakers;
    private final ConcurrencyLimits limits;
    private final Retries retries;

    ResilienceEndpoint(
            UpstreamInstances instances, CircuitBreakers breakers, ConcurrencyLimits limits, Retries retries) {
        this.instances = instances;
        this.breakers = breakers;
        this.limits = limits;
        this.retries = retries;
    }

    /** Returns the current state. */
    @ReadOperation
    public State state() {
        return new State(instances.states().stream().map(this::instance).toList(), retries.remainingBudget());
    }

    private Instance instance(UpstreamInstances.State instance) {
        return new Instance(
                instance.address(),
                instance.healthy(),
                instance.ejected(),
                instance.inFlight(),
                breakers.snapshot(instance.address()),
                limits.snapshot(instance.address()));
    }

    /**
     * The state at one time.
     *
     * @param retryBudget number of retries that are allowed now; null if retries are switched off
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record State(List<Instance> instances, @Nullable Integer retryBudget) {}

    /**
     * The state of one instance.
     *
     * @param healthy whether its health checks succeed
     * @param ejected whether requests could not reach it, and no health check has succeeded since
     * @param inFlight number of calls in progress, of all kinds, whose response headers have not arrived
     * @param circuitBreaker null if circuit breakers are switched off
     * @param concurrencyLimit null if concurrency limits are switched off
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Instance(
            String address,
            boolean healthy,
            boolean ejected,
            int inFlight,
            CircuitBreakers.@Nullable Snapshot circuitBreaker,
            ConcurrencyLimits.@Nullable Snapshot concurrencyLimit) {}
}
