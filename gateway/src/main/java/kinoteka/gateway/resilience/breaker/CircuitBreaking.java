package kinoteka.gateway.resilience.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.InstanceClient;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamRequest.Body;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;

/** Rejects the calls of an instance while its circuit breaker is open. */
final class CircuitBreaking implements InstanceClient {

    private final InstanceClient next;
    private final LongSupplier nanoClock;
    private final Mono<UpstreamResponse> rejection;
    private final LongAdder rejected = new LongAdder();
    private final AtomicInteger openings = new AtomicInteger();
    private volatile Breaker breaker;

    /**
     * Creates a closed circuit breaker.
     *
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    CircuitBreaking(InstanceClient next, CircuitBreakerSettings settings, LongSupplier nanoClock) {
        this.next = next;
        this.nanoClock = nanoClock;
        this.breaker = create(settings);
        this.rejection = Mono.error(new UpstreamException(
                FailureReason.BREAKER_OPEN, next.instance().toString(), "the circuit breaker is open"));
    }

    private Breaker create(CircuitBreakerSettings settings) {
        return new Breaker(next.instance().toString(), settings, nanoClock, openings::incrementAndGet);
    }

    /** Replaces the circuit breaker by one with these settings. It begins to measure anew, and stays open if it was. */
    void change(CircuitBreakerSettings settings) {
        var replacement = create(settings);
        replacement.replace(breaker);
        breaker = replacement;
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        if (!request.pool().isForClients()) {
            return next.call(request);
        }
        return Mono.defer(() -> {
            var current = breaker;
            var mayTest = !(request.body() instanceof Body.Streamed); // an upload ends when its client likes
            if (!current.tryAcquirePermission(mayTest)) {
                rejected.increment();
                return rejection;
            }
            return next.call(request).tap(() -> current.observe(request.pool() == PoolName.REQUESTS));
        });
    }

    @Override
    public URI instance() {
        return next.instance();
    }

    @Override
    public int limit() {
        return next.limit();
    }

    @Override
    public boolean isRejecting() {
        return breaker.isRejecting();
    }

    State state() {
        return breaker.state();
    }

    /** Percentages and numbers of the calls in the window, or of those that test whether the instance has recovered. */
    CircuitBreaker.Metrics metrics() {
        return breaker.metrics();
    }

    /** The number of calls rejected so far. */
    long rejected() {
        return rejected.sum();
    }

    /** The number of times that the breaker has opened so far. */
    int openings() {
        return openings.get();
    }
}
