package kinoteka.gateway.resilience.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.InstanceClient;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import kinoteka.gateway.upstream.instance.CallListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Rejects the calls of an instance while its circuit breaker is open. A call that its client cancelled is neither a success nor a failure,
 * unless it has taken so long that it is slow in any case: otherwise clients with short timeouts would hide an instance that hangs.
 *
 * <p>A result counts only in the state in which its call began. Calls that hung when the breaker opened would otherwise fail the test of
 * the recovery.
 */
final class CircuitBreaking implements InstanceClient {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaking.class);

    private final InstanceClient next;
    private final CircuitBreaker breaker;
    private final LongSupplier nanoClock;
    private final long slowNanos;
    private final long openNanos;
    private final Mono<UpstreamResponse> rejection;
    private final LongAdder rejected = new LongAdder();
    private volatile long openUntil;
    private volatile State lastState = State.CLOSED;
    private volatile int transitions;
    private volatile int openings;

    /**
     * Creates a closed circuit breaker.
     *
     * @param nanoClock nanoseconds since an arbitrary fixed time; the clock in the configuration must agree with it
     */
    CircuitBreaking(
            InstanceClient next, CircuitBreakerConfig config, CircuitBreakerSettings settings, LongSupplier nanoClock) {
        this.next = next;
        this.breaker = CircuitBreaker.of(next.instance().toString(), config);
        this.nanoClock = nanoClock;
        this.slowNanos = settings.slowCallDuration().toNanos();
        this.openNanos = settings.openDuration().toNanos();
        this.rejection = Mono.error(new UpstreamException(
                FailureReason.BREAKER_OPEN, next.instance().toString(), "the circuit breaker is open"));
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        return Mono.defer(() -> {
            var permitted = breaker.tryAcquirePermission();
            detectTransition();
            if (!permitted) {
                rejected.increment();
                return rejection;
            }
            return next.call(request).tap(() -> new Permission(request.pool() == PoolName.REQUESTS));
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

    /** False as soon as the breaker may test whether the instance has recovered, because only a call makes it do so. */
    @Override
    public boolean isRejecting() {
        return breaker.getState() == State.OPEN && nanoClock.getAsLong() - openUntil < 0;
    }

    State state() {
        return breaker.getState();
    }

    /** Percentages and numbers of the calls in the window, or of those that test whether the instance has recovered. */
    CircuitBreaker.Metrics metrics() {
        return breaker.getMetrics();
    }

    /** The number of calls rejected so far. */
    long rejected() {
        return rejected.sum();
    }

    /** The number of times that the breaker has opened so far. */
    int openings() {
        return openings;
    }

    /** The library would report transitions, but creates an event for each call as soon as somebody listens. */
    private void detectTransition() {
        if (breaker.getState() != lastState) {
            recordTransition();
        }
    }

    private synchronized void recordTransition() {
        var state = breaker.getState();
        if (state == lastState) {
            return;
        }
        if (state == State.OPEN) {
            openUntil = nanoClock.getAsLong() + openNanos;
            openings++;
            LOG.warn(
                    "circuit breaker of catalogue {} is open for {} ms: {} % of the requests failed, {} % were slow",
                    instance(),
                    TimeUnit.NANOSECONDS.toMillis(openNanos),
                    breaker.getMetrics().getFailureRate(),
                    breaker.getMetrics().getSlowCallRate());
        } else if (state == State.CLOSED) {
            LOG.info("circuit breaker of catalogue {} is closed again", instance());
        }
        lastState = state;
        transitions++;
    }

    /** The permission for one call. */
    private final class Permission extends CallListener {

        private final boolean timed;
        private final long start = nanoClock.getAsLong();
        private final int grantedAt = transitions;

        Permission(boolean timed) {
            this.timed = timed;
        }

        @Override
        protected void onResponse(UpstreamResponse response) {
            if (isCurrent()) {
                breaker.onSuccess(timed ? elapsed() : 0, TimeUnit.NANOSECONDS);
                detectTransition();
            }
        }

        @Override
        protected void onFailure(Throwable failure) {
            if (!isCurrent()) {
                return;
            }
            if (failure instanceof UpstreamException failed && failed.reason().isFailureOfInstance()) {
                breaker.onError(timed ? elapsed() : 0, TimeUnit.NANOSECONDS, failed);
                detectTransition();
            } else {
                breaker.releasePermission();
            }
        }

        @Override
        protected void onCancelled() {
            if (!isCurrent()) {
                return;
            }
            var elapsed = elapsed();
            if (timed && elapsed > slowNanos) {
                breaker.onSuccess(elapsed, TimeUnit.NANOSECONDS);
                detectTransition();
            } else {
                breaker.releasePermission();
            }
        }

        private boolean isCurrent() {
            return transitions == grantedAt;
        }

        private long elapsed() {
            return nanoClock.getAsLong() - start;
        }
    }
}
