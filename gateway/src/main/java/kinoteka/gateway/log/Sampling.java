package kinoteka.gateway.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Selects which requests of one kind get a line: all of them up to a rate, and above it as many as the rate allows. Each line states how
 * many requests it stands for: its own, and those without a line before it. So the sum over the lines is the number of requests.
 * Thread-safe and lock-free.
 */
final class Sampling {

    /** The number of requests that a request without a line stands for. */
    static final long NO_LINE = 0;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoClock;
    private volatile long interval;

    /** The time from which on a line is within the rate. It is less than the current time after a pause: then lines may be closer. */
    private final AtomicLong next;

    private final AtomicLong withoutLine = new AtomicLong();

    /**
     * Creates a sampling that allows the lines of one second at once.
     *
     * @param maxRate lines per second
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    Sampling(int maxRate, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.interval = SECOND / maxRate;
        this.next = new AtomicLong(nanoClock.getAsLong() - SECOND);
    }

    /** Changes the number of lines per second. */
    void setMaxRate(int maxRate) {
        interval = SECOND / maxRate;
    }

    /** Returns how many requests a line for this request stands for; {@link #NO_LINE} if it gets none. */
    long requests() {
        if (!isWithinRate()) {
            withoutLine.incrementAndGet();
            return NO_LINE;
        }
        return withoutLine.get() == 0 ? 1 : 1 + withoutLine.getAndSet(0);
    }

    /** Records that a line was dropped, so that the next one stands for its requests, too. */
    void dropped(long requests) {
        withoutLine.addAndGet(requests);
    }

    private boolean isWithinRate() {
        var now = nanoClock.getAsLong();
        var pause = interval;
        while (true) {
            var allowed = next.get();
            if (allowed - now > 0) {
                return false;
            }
            var oldest = now - SECOND + pause;
            if (next.compareAndSet(allowed, (allowed - oldest > 0 ? allowed : oldest) + pause)) {
                return true;
            }
        }
    }
}
