package kinoteka.seeder.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells how far a seeding is: a bar that is redrawn on a terminal, a line now and then in a log. One thread only. */
public final class ProgressReport {

    private static final Duration BETWEEN_BARS = Duration.ofMillis(100);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final String START_OF_CLEARED_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;

    /**
     * @param terminal whether what is printed can be drawn over
     * @param nanoTime nanoseconds of an arbitrary origin, as {@link System#nanoTime} gives them
     */
    public ProgressReport(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** Something that takes long and has no percentage, or is done. */
    public void say(String sentence) {
        out.println(sentence);
    }

    /** The count of one table begins now. */
    public Count count(String table, long total) {
        return new Count(table, total);
    }

    /** One table being filled. */
    public final class Count {

        private final String table;
        private final long total;
        private final long began = nanoTime.getAsLong();
        private long told = began;

        private Count(String table, long total) {
            this.table = table;
            this.total = total;
        }

        /** To be called often: it keeps quiet when it was heard a moment ago. */
        public void reached(long done) {
            long now = nanoTime.getAsLong();
            if (now - told < (terminal ? BETWEEN_BARS : BETWEEN_LINES).toNanos()) {
                return;
            }
            told = now;
            if (terminal) {
                out.print(START_OF_CLEARED_LINE + at(done, now).bar());
                out.flush();
            } else {
                out.println(at(done, now).line());
            }
        }

        public void finished() {
            String summary = at(total, nanoTime.getAsLong()).summary();
            out.println(terminal ? START_OF_CLEARED_LINE + summary : summary);
        }

        /** Leaves the bar standing where it stopped, so that the reason can follow on a line of its own. */
        public void brokenOff() {
            if (terminal) {
                out.println();
            }
        }

        private Progress at(long done, long now) {
            return new Progress(table, done, total, Duration.ofNanos(now - began));
        }
    }
}
