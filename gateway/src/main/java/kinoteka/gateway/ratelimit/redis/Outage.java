package kinoteka.gateway.ratelimit.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis responds. While it does not, one request a second tries it, and the others do not wait for it. Thread-safe. */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final long NONE = Long.MIN_VALUE;
    private static final long RETRY_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    /** Whether a request may try Redis. */
    enum Admission {
        REFUSED,
        ADMITTED,
        /** As the one request of this second that tries whether Redis responds again. */
        ADMITTED_AS_TEST
    }

    private final LongSupplier nanoClock;
    private final long start;

    /** Nanoseconds after the start; {@link #NONE} while Redis responds. */
    private final AtomicLong nextTry = new AtomicLong(NONE);

    Outage(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
    }

    Admission tryEnter() {
        var next = nextTry.get();
        if (next == NONE) {
            return Admission.ADMITTED;
        }
        return now() >= next && nextTry.compareAndSet(next, now() + RETRY_INTERVAL)
                ? Admission.ADMITTED_AS_TEST
                : Admission.REFUSED;
    }

    /** Records that Redis has responded in time. This does not end an outage that began after the request, unless it was a test. */
    void recordSuccess(Admission admission) {
        if (admission == Admission.ADMITTED_AS_TEST && nextTry.getAndSet(NONE) != NONE) {
            LOG.info("Redis responds again: requests are counted together with those of the other gateways");
        }
    }

    void recordFailure(Throwable failure, OnFailure consequence) {
        if (nextTry.getAndSet(now() + RETRY_INTERVAL) == NONE) {
            LOG.warn(
                    "Redis does not respond, {}: {}",
                    consequence == OnFailure.ALLOW ? "this gateway counts by itself" : "requests are rejected",
                    failure.toString());
        }
    }

    boolean isOver() {
        return nextTry.get() == NONE;
    }

    private long now() {
        return nanoClock.getAsLong() - start;
    }
}
