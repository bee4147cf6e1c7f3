package kinoteka.gateway.resilience.limit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * A concurrency limit that follows the latency of the calls. At the end of each window the limit falls if more than half of the calls were
 * slower than the target, the more of them the faster; otherwise it grows by a part of its square root. Thread-safe.
 *
 * <p>So it is the median that is compared with the target. With the average, one kind of request that is slow by its nature, such as
 * those that hash a password, would reduce the limit for all others.
 *
 * <p>The limit falls only if at least half of it was in use, so that a few slow calls that are the whole traffic are no overload. It grows
 * whether it is in use or not: after an overload, the limit must not reject the first calls of a burst because the traffic was low since
 * then. For the same reason it begins at its maximum. A process that has just started is slow for a while, and learns nothing wrong from
 * that, because the target is a setting and not the latency of earlier calls.
 */
final class AdaptiveLimit {

    private static final long WINDOW_NANOS = 250_000_000;
    private static final int MIN_SAMPLES = 10;

    /** How fast the limit grows, in square roots of it. */
    private static final double GROWTH = 0.2;

    /** The share by which the limit falls if all calls are slow. Calls that began before the last change are still in the window. */
    private static final double MAX_FALL = 0.1;

    private final LongAdder samples = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile int maxInFlight;
    private volatile long windowEnd;
    private volatile Bounds bounds;
    private volatile double limit;

    /**
     * Creates a limit.
     *
     * @param targetNanos latency above which a call is slow, positive
     * @param min at least 1
     * @param max at least the minimum
     * @param now nanoseconds since an arbitrary fixed time
     */
    AdaptiveLimit(long targetNanos, int min, int max, long now) {
        this.bounds = new Bounds(targetNanos, min, max);
        this.limit = max;
        this.windowEnd = now + WINDOW_NANOS;
    }

    /** Changes the target and the bounds. The limit stays as it is, within its bounds, unless it was at its maximum: then it still is. */
    void change(long targetNanos, int min, int max) {
        var wasAtMaximum = limit >= bounds.max;
        bounds = new Bounds(targetNanos, min, max);
        if (wasAtMaximum) {
            limit = max;
        }
    }

    /** The number of calls that may be in progress. */
    int current() {
        return (int) bounds.clamp(limit);
    }

    /** The latency above which a call is slow, in nanoseconds. */
    long targetNanos() {
        return bounds.targetNanos;
    }

    /**
     * Adds the latency of a call.
     *
     * @param nanos how long it took, or has taken when it was cancelled
     * @param inFlight number of calls in progress when it began, including itself
     * @param now nanoseconds since the same time as at the creation
     */
    void addSample(long nanos, int inFlight, long now) {
        samples.increment();
        if (nanos > bounds.targetNanos) {
            slow.increment();
        }
        if (inFlight > maxInFlight) {
            maxInFlight = inFlight; // another thread may overwrite it with a number that is about the same
        }
        if (now - windowEnd >= 0 && samples.sum() >= MIN_SAMPLES && closing.compareAndSet(false, true)) {
            closeWindow(now);
            closing.set(false);
        }
    }

    private void closeWindow(long now) {
        var count = samples.sumThenReset();
        var slowCount = slow.sumThenReset();
        var inFlight = maxInFlight;
        maxInFlight = 0;
        windowEnd = now + WINDOW_NANOS;
        var current = bounds;
        var before = current.clamp(limit);
        if (count == 0) {
            return;
        }
        var excess = 2.0 * slowCount / count - 1; // 0 if half of the calls are slow, 1 if all are
        if (excess <= 0) {
            limit = current.clamp(before + GROWTH * Math.sqrt(before));
        } else if (inFlight >= before / 2) {
            limit = current.clamp(before * (1 - MAX_FALL * Math.min(1, excess)));
        }
    }

    private record Bounds(long targetNanos, int min, int max) {

        double clamp(double limit) {
            return Math.clamp(limit, min, max);
        }
    }
}
