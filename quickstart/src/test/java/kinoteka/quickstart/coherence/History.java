package kinoteka.quickstart.coherence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The values that one writer has written, each greater than those before it, and when each was acknowledged. Thread-safe. */
public final class History {

    private final List<Write> writes = new ArrayList<>();

    /** Records that a value was acknowledged just now. */
    synchronized void acknowledged(int value) {
        writes.add(new Write(value, System.nanoTime()));
    }

    /** The number of acknowledged writes. */
    synchronized int size() {
        return writes.size();
    }

    /**
     * Returns for how long the value that a request got had been outdated when the request began. It is zero if no newer value had been
     * acknowledged by then.
     *
     * @param began when the request began, by {@link System#nanoTime}
     */
    synchronized Duration outdatedFor(int value, long began) {
        for (var write : writes) {
            if (write.acknowledgedAt - began > 0) {
                break;
            }
            if (write.value > value) {
                return Duration.ofNanos(began - write.acknowledgedAt);
            }
        }
        return Duration.ZERO;
    }

    private record Write(int value, long acknowledgedAt) {}
}
