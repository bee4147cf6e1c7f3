package kinoteka.gateway.resilience.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamResponse;
import kinoteka.gateway.upstream.instance.CallListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of an instance, with settings that do not change: it is replaced when they do. A call that its client cancelled is
 * neither a success nor a failure, unless it has taken so long that it is slow in any case: otherwise clients with short timeouts would hide
 * an instance that hangs.
 *
 * <p>A result counts only in the state in which its call began. Calls that hung when the breaker opened would otherwise fail the test of
 * the recovery.
 */
final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    /** The number of calls that decide whether an instance has recovered. */
    private static final int TEST_CALLS = 5;

    private final CircuitBreaker breaker;
    private final Runnable onOpened;
    private final LongSupplier nanoClock;
    private final long slowNanos;
    private final long openNanos;
    private volatile long openUntil;
    private volatile State lastState = State.CLOSED;
    private volatile int transitions;

    /**
     * Creates a closed circuit breaker.
     *
     * @param nanoClock nanoseconds since an arbitrary fixed time
     * @param onOpened called each time that it opens
     */
    Breaker(String instance, CircuitBreakerSettings settings, LongSupplier nanoClock, Runnable onOpened) {
        this.breaker = CircuitBreaker.of(
                instance,
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(settings.failureRate())
                        .slowCallRateThreshold(settings.slowCallRate())
                        .slowCallDurationThreshold(settings.slowCallDuration())
                        .slidingWindow(
                                (int) settings.window().toSeconds(), settings.minCalls(), SlidingWindowType.TIME_BASED)
                        .waitDurationInOpenState(settings.openDuration())
                        .permittedNumberOfCallsInHalfOpenState(TEST_CALLS)
                        .clock(new NanoClock(nanoClock))
                        .build());
        this.onOpened = onOpened;
        this.nanoClock = nanoClock;
        this.slowNanos = settings.slowCallDuration().toNanos();
        this.openNanos = settings.openDuration().toNanos();
    }

    /** Takes the place of another one: if that is not closed, because the instance has not recovered, this one is open from now on. */
    void replace(Breaker previous) {
        if (previous.state() != State.CLOSED) {
            breaker.transitionToOpenState();
            lastState = State.OPEN;
            openUntil = nanoClock.getAsLong() + openNanos;
        }
        previous.retire();
    }

    private synchronized void retire() {
        transitions++; // the calls in progress do not count any more
    }

    /**
     * Whether a call may be sent.
     *
     * @param mayTest whether it may test if the instance has recovered. There are few tests, and all have to end
     */
    boolean tryAcquirePermission(boolean mayTest) {
        var permitted = (mayTest || breaker.getState() == State.CLOSED) && breaker.tryAcquirePermission();
        detectTransition();
        return permitted;
    }

    /** Observes a call that may be sent. */
    CallListener observe(boolean timed) {
        return new Permission(timed);
    }

    /** False as soon as the breaker may test whether the instance has recovered, because only a call makes it do so. */
    boolean isRejecting() {
        return breaker.getState() == State.OPEN && nanoClock.getAsLong() - openUntil < 0;
    }

    State state() {
        return breaker.getState();
    }

    /** Percentages and numbers of the calls in the window, or of those that test whether the instance has recovered. */
    CircuitBreaker.Metrics metrics() {
        return breaker.getMetrics();
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
            onOpened.run();
            LOG.warn(
                    "circuit breaker of catalogue {} is open for {} ms: {} % of the requests failed, {} % were slow",
                    breaker.getName(),
                    TimeUnit.NANOSECONDS.toMillis(openNanos),
                    breaker.getMetrics().getFailureRate(),
                    breaker.getMetrics().getSlowCallRate());
        } else if (state == State.CLOSED) {
            LOG.info("circuit breaker of catalogue {} is closed again", breaker.getName());
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
