package kinoteka.seeder.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Prints the progress: on a terminal a bar that is redrawn, in a log a line every few seconds. Not thread-safe. */
public final class ProgressReport {

    private static final Duration BAR_INTERVAL = Duration.ofMillis(100);
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;

    /**
     * @param terminal whether the output is a terminal, on which a line can be overwritten
     * @param nanoTime nanoseconds since an arbitrary origin, such as {@link System#nanoTime}
     */
    public ProgressReport(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** Prints an event that has no percentage. */
    public void print(String sentence) {
        out.println(sentence);
    }

    /** Starts the progress of one table. */
    public Counter start(String table, long total) {
        return new Counter(table, total);
    }

    /** The progress of one table. */
    public final class Counter {

        private final String table;
        private final long total;
        private final long startedAt = nanoTime.getAsLong();
        private long printedAt = startedAt;

        private Counter(String table, long total) {
            this.table = table;
            this.total = total;
        }

        /** Prints the progress, unless it was printed a moment ago. */
        public void update(long done) {
            long now = nanoTime.getAsLong();
            if (now - printedAt < (terminal ? BAR_INTERVAL : LINE_INTERVAL).toNanos()) {
                return;
            }
            printedAt = now;
            if (terminal) {
                out.print(CLEAR_LINE + progress(done, now).bar());
                out.flush();
            } else {
                out.println(progress(done, now).line());
            }
        }

        public void complete() {
            String summary = progress(total, nanoTime.getAsLong()).summary();
            out.println(terminal ? CLEAR_LINE + summary : summary);
        }

        /** Keeps the last bar on the terminal, so that the error is printed on the next line. */
        public void abort() {
            if (terminal) {
                out.println();
            }
        }

        private Progress progress(long done, long now) {
            return new Progress(table, done, total, Duration.ofNanos(now - startedAt));
        }
    }
}
