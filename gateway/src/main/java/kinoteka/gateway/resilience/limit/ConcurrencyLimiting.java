package kinoteka.gateway.resilience.limit;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.InstanceClient;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import kinoteka.gateway.upstream.instance.CallListener;
import reactor.core.publisher.Mono;

/**
 * Rejects calls of an instance over its concurrency limit, instead of letting them wait. It limits short calls only: streams last as long
 * as their clients read, and their pool bounds their number.
 */
final class ConcurrencyLimiting implements InstanceClient {

    private final InstanceClient next;
    private final AdaptiveLimit limit;
    private final LongSupplier nanoClock;
    private final Mono<UpstreamResponse> rejection;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder rejected = new LongAdder();

    /**
     * Creates a limit.
     *
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    ConcurrencyLimiting(InstanceClient next, ConcurrencyLimitSettings settings, LongSupplier nanoClock) {
        this.next = next;
        this.limit = new AdaptiveLimit(
                settings.targetLatency().toNanos(), settings.min(), settings.max(), nanoClock.getAsLong());
        this.nanoClock = nanoClock;
        this.rejection = Mono.error(new UpstreamException(
                FailureReason.OVERLOADED, next.instance().toString(), "the concurrency limit is reached"));
    }

    /** Changes the target and the bounds of the limit. */
    void change(ConcurrencyLimitSettings settings) {
        limit.change(settings.targetLatency().toNanos(), settings.min(), settings.max());
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        if (request.pool() != PoolName.REQUESTS) {
            return next.call(request);
        }
        return Mono.defer(() -> {
            var now = inFlight.incrementAndGet();
            if (now > limit.current()) {
                inFlight.decrementAndGet();
                rejected.increment();
                return rejection;
            }
            return next.call(request).tap(() -> new Slot(now));
        });
    }

    @Override
    public URI instance() {
        return next.instance();
    }

    @Override
    public boolean isRejecting() {
        return next.isRejecting();
    }

    @Override
    public int limit() {
        return limit.current();
    }

    int inFlight() {
        return inFlight.get();
    }

    /** The number of calls rejected so far. */
    long rejected() {
        return rejected.sum();
    }

    /** One of the calls in progress. */
    private final class Slot extends CallListener {

        private final int inFlightAtStart;
        private final long start = nanoClock.getAsLong();

        Slot(int inFlightAtStart) {
            this.inFlightAtStart = inFlightAtStart;
        }

        @Override
        protected void onResponse(UpstreamResponse response) {
            inFlight.decrementAndGet();
            addSample(0);
        }

        /** Only a timeout says how long the instance takes: other failures may be fast because nothing was processed. */
        @Override
        protected void onFailure(Throwable failure) {
            inFlight.decrementAndGet();
            if (failure instanceof UpstreamException failed && failed.reason() == FailureReason.TIMED_OUT) {
                addSample(0);
            }
        }

        /** Without the calls that took too long for their clients, an overloaded instance would seem fast. */
        @Override
        protected void onCancelled() {
            inFlight.decrementAndGet();
            addSample(limit.targetNanos());
        }

        private void addSample(long minNanos) {
            var now = nanoClock.getAsLong();
            var nanos = now - start;
            if (nanos >= minNanos) {
                limit.addSample(nanos, inFlightAtStart, now);
            }
        }
    }
}
