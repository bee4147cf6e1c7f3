package kinoteka.catalog.problem;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that the database does not answer, once a second at most: under load an outage fails thousands of requests in it. */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);
    private static final long INTERVAL_NANOS = 1_000_000_000;

    private final LongSupplier nanoTime;
    private final AtomicLong lastLogged;
    private final AtomicLong unlogged = new AtomicLong();

    /** @param nanoTime nanoseconds from an arbitrary origin */
    OutageLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastLogged = new AtomicLong(nanoTime.getAsLong() - INTERVAL_NANOS);
    }

    /** Whether a line was written for this failure. */
    boolean add(Throwable failure) {
        var now = nanoTime.getAsLong();
        var last = lastLogged.get();
        if (now - last < INTERVAL_NANOS || !lastLogged.compareAndSet(last, now)) {
            unlogged.incrementAndGet();
            return false;
        }
        LOG.warn(
                "The database does not answer: {} ({} more requests since the last line)",
                root(failure),
                unlogged.getAndSet(0));
        return true;
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }
}
