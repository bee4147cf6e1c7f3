package kinoteka.quickstart.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a program's output that are not blank, and the time of the latest one. Thread-safe. */
final class LastLines {

    private static final int MAX_LINES = 10;

    private final Deque<String> lines = new ArrayDeque<>();
    private long latest;

    /** @param time a monotonic time in nanoseconds */
    synchronized void add(String line, long time) {
        if (line.isBlank()) {
            return;
        }
        lines.add(line);
        latest = time;
        if (lines.size() > MAX_LINES) {
            lines.remove();
        }
    }

    /** Returns the lines, the oldest first. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Returns how long before the given time the latest line was written. Not meaningful if there is none.
     *
     * @param time a monotonic time in nanoseconds
     */
    synchronized Duration age(long time) {
        return Duration.ofNanos(Math.max(0, time - latest));
    }
}
