package kinoteka.catalog.database.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where the primary's log ended at which time. A replica that has replayed the log up to one of these positions is behind by
 * the age of the latest such position at most. This works without the clocks of the servers, also while nothing is written,
 * and for a replica that does not know that it is cut off. Thread-safe.
 */
final class PositionHistory {

    /** One position for each check; a replica that is further behind than all of them lags in any case. */
    private static final int SIZE = 600;

    private record Sample(LogPosition position, long at) {}

    private final Deque<Sample> samples = new ArrayDeque<>(); // the latest is the first

    /** @param at nanoseconds; the position was read later */
    synchronized void add(LogPosition position, long at) {
        if (samples.size() == SIZE) {
            samples.removeLast();
        }
        samples.addFirst(new Sample(position, at));
    }

    /** Forgets everything, because another primary goes on with another log. */
    synchronized void clear() {
        samples.clear();
    }

    /**
     * Whether a replica contains everything that was committed on the primary longer ago than this. While the primary is not
     * known, the time when it was last checked counts as now, because nothing is written meanwhile.
     *
     * @param replayed the position up to which the replica has replayed the log
     */
    synchronized boolean isWithin(Duration lag, LogPosition replayed) {
        var latest = samples.peekFirst();
        if (latest == null) {
            return false;
        }
        for (var sample : samples) {
            if (latest.at() - sample.at() > lag.toNanos()) {
                return false;
            }
            if (replayed.includes(sample.position())) {
                return true;
            }
        }
        return false;
    }
}
