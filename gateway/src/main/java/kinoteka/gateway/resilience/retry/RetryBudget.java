package kinoteka.gateway.resilience.retry;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits retries to a share of the calls of the last ten seconds, so that retries cannot multiply an outage. A small number is allowed in
 * any case. Thread-safe; calls and retries that happen at the same time may exceed the budget by their number.
 */
final class RetryBudget {

    private static final int WINDOW_SECONDS = 10;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private volatile double ratio;
    private volatile double minimum;
    private final LongSupplier nanoClock;
    private final long origin;
    private final AtomicReferenceArray<@Nullable Second> seconds = new AtomicReferenceArray<>(WINDOW_SECONDS);

    /**
     * Creates a budget.
     *
     * @param ratio retries allowed per call, 0 to 1
     * @param minPerSecond retries allowed per second in any case, not negative
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    RetryBudget(double ratio, int minPerSecond, LongSupplier nanoClock) {
        this.ratio = ratio;
        this.minimum = minimum(minPerSecond);
        this.nanoClock = nanoClock;
        this.origin = nanoClock.getAsLong();
    }

    /** Changes the size of the budget. The calls and retries of the last ten seconds still count. */
    void change(double newRatio, int minPerSecond) {
        ratio = newRatio;
        minimum = minimum(minPerSecond);
    }

    private static double minimum(int perSecond) {
        return (double) perSecond * WINDOW_SECONDS;
    }

    /** Adds a call, which is not a retry itself. */
    void addCall() {
        current().calls.increment();
    }

    /** Takes one retry out of the budget. Returns false if none is left. */
    boolean tryRetry() {
        if (remaining() < 1) {
            return false;
        }
        current().retries.increment();
        return true;
    }

    /** The number of retries that are left now. */
    int remaining() {
        var oldest = second() - WINDOW_SECONDS;
        var left = minimum;
        for (int i = 0; i < WINDOW_SECONDS; i++) {
            var second = seconds.get(i);
            if (second != null && second.number > oldest) {
                left += ratio * second.calls.sum() - second.retries.sum();
            }
        }
        return Math.max(0, (int) left);
    }

    private Second current() {
        var number = second();
        var index = (int) (number % WINDOW_SECONDS);
        var found = seconds.get(index);
        if (found != null && found.number >= number) {
            return found;
        }
        var next = new Second(number);
        return seconds.compareAndSet(index, found, next) ? next : current();
    }

    private long second() {
        return (nanoClock.getAsLong() - origin) / NANOS_PER_SECOND;
    }

    /** The calls and retries of one second, by its number since the beginning. */
    private static final class Second {

        final long number;
        final LongAdder calls = new LongAdder();
        final LongAdder retries = new LongAdder();

        Second(long number) {
            this.number = number;
        }
    }
}
