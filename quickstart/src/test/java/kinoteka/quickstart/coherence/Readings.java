package kinoteka.quickstart.coherence;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What readers have seen of the values of some writers. Thread-safe. */
public final class Readings {

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger outdated = new AtomicInteger();
    private final AtomicReference<Duration> longest = new AtomicReference<>(Duration.ZERO);

    /** Counts a value that a request got. */
    void add(Duration outdatedFor) {
        count.incrementAndGet();
        if (outdatedFor.isPositive()) {
            outdated.incrementAndGet();
            longest.accumulateAndGet(outdatedFor, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    public int count() {
        return count.get();
    }

    /** The number of values that were outdated when their request began. */
    public int outdated() {
        return outdated.get();
    }

    /** For how long the oldest of them had been outdated. */
    public Duration longest() {
        return longest.get();
    }

    @Override
    public String toString() {
        return outdated + " of " + count + " values were outdated, for "
                + longest.get().toMillis() + " ms at most";
    }
}
