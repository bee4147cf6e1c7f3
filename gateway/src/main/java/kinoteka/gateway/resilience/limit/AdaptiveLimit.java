package kinoteka.gateway.resilience.limit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * A concurrency limit that follows the latency of the calls. At the end of each window the limit is multiplied by the gradient, the target
 * divided by the average latency, if that is above the target; otherwise it grows by a part of its square root. Thread-safe.
 *
 * <p>The limit changes only if at least half of it was in use, so that it neither falls while a few slow calls are the whole traffic, nor
 * grows while it is not tested. It begins at its maximum: a process that has just started is slow for a while, and learns nothing wrong from
 * that, because the target is a setting and not the latency of earlier calls.
 */
final class AdaptiveLimit {

    private static final long WINDOW_NANOS = 250_000_000;
    private static final int MIN_SAMPLES = 10;

    /** The share of the change that is made in one window, because calls that began before the last change are still in the average. */
    private static final double SMOOTHING = 0.2;

    /** One window may not reduce the limit by more than half of this change. */
    private static final double MIN_GRADIENT = 0.5;

    private final double targetNanos;
    private final int min;
    private final int max;
    private final LongAdder samples = new LongAdder();
    private final LongAdder latencies = new LongAdder();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile int maxInFlight;
    private volatile long windowEnd;
    private volatile double limit;

    /**
     * Creates a limit.
     *
     * @param targetNanos average latency above which the limit falls, positive
     * @param min at least 1
     * @param max at least the minimum
     * @param now nanoseconds since an arbitrary fixed time
     */
    AdaptiveLimit(long targetNanos, int min, int max, long now) {
        this.targetNanos = targetNanos;
        this.min = min;
        this.max = max;
        this.limit = max;
        this.windowEnd = now + WINDOW_NANOS;
    }

    /** The number of calls that may be in progress. */
    int current() {
        return (int) limit;
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
        latencies.add(nanos);
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
        var sum = latencies.sumThenReset();
        var inFlight = maxInFlight;
        maxInFlight = 0;
        windowEnd = now + WINDOW_NANOS;
        var before = limit;
        if (count == 0 || inFlight < before / 2) {
            return;
        }
        var average = (double) sum / count;
        limit = average > targetNanos
                ? Math.max(min, before * (1 - SMOOTHING + SMOOTHING * Math.max(MIN_GRADIENT, targetNanos / average)))
                : Math.min(max, before + SMOOTHING * Math.sqrt(before));
    }
}
