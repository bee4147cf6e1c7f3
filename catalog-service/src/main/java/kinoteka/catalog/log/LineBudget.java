package kinoteka.catalog.log;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Bounds how many lines one kind of event writes into the log, so that neither an outage nor an attacker fills the disk: a
 * burst of lines at once, then one line per interval. Lines over the budget are counted. Thread-safe.
 */
public final class LineBudget {

    private final long burst;
    private final long nanosPerLine;
    private final LongSupplier nanoTime;
    private long refilledAt;
    private long lines;
    private long suppressed;

    /**
     * Creates a full budget.
     *
     * @param burst lines that may be written at once, at least 1
     * @param interval until one line is added to an exhausted budget, positive
     * @param nanoTime nanoseconds from an arbitrary origin
     */
    public LineBudget(int burst, Duration interval, LongSupplier nanoTime) {
        if (burst < 1) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: >= 1)");
        }
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("interval: " + interval + " (expected: > 0)");
        }
        this.burst = burst;
        this.nanosPerLine = interval.toNanos();
        this.nanoTime = nanoTime;
        this.refilledAt = nanoTime.getAsLong();
        this.lines = burst;
    }

    /** Spends one line; false means that the budget is exhausted and that the line was counted as suppressed. */
    public synchronized boolean trySpend() {
        var refill = (nanoTime.getAsLong() - refilledAt) / nanosPerLine;
        refilledAt += refill * nanosPerLine;
        lines = Math.min(burst, lines + refill);
        if (lines == 0) {
            suppressed++;
            return false;
        }
        lines--;
        return true;
    }

    /** The number of lines that were suppressed since the last call. */
    public synchronized long takeSuppressed() {
        var taken = suppressed;
        suppressed = 0;
        return taken;
    }
}
