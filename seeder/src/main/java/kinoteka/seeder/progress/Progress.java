package kinoteka.seeder.progress;

import java.time.Duration;
import java.util.Locale;

/**
 * The progress of one table at one moment.
 *
 * @param table name of the table
 * @param done rows written, 0..total
 * @param total rows to write, at least 1
 * @param elapsed since the first row
 */
record Progress(String table, long done, long total, Duration elapsed) {

    private static final int BAR_WIDTH = 30;

    /** Formats the progress for a terminal. */
    String bar() {
        int full = (int) (BAR_WIDTH * done / total);
        return String.format(
                Locale.ROOT,
                "%-22s [%s%s] %3d %%  %s%s",
                table,
                "#".repeat(full),
                ".".repeat(BAR_WIDTH - full),
                percent(),
                speed(),
                timeLeft());
    }

    /** Formats the progress for a log. */
    String line() {
        return String.format(
                Locale.ROOT, "%s: %d %%, %,d of %,d rows, %s%s", table, percent(), done, total, speed(), timeLeft());
    }

    /** Formats the result when all rows are written. */
    String summary() {
        return String.format(
                Locale.ROOT, "%s: %,d rows in %.1f s (%s)", table, done, elapsed.toMillis() / 1000.0, speed());
    }

    private long percent() {
        return 100 * done / total;
    }

    private double rowsPerSecond() {
        return done * 1000.0 / Math.max(1, elapsed.toMillis());
    }

    private String speed() {
        return String.format(Locale.ROOT, "%,d rows/s", Math.round(rowsPerSecond()));
    }

    private String timeLeft() {
        if (done == 0) {
            return "";
        }
        long seconds = (long) Math.ceil((total - done) / rowsPerSecond());
        return seconds < 100
                ? String.format(Locale.ROOT, ", %d s left", seconds)
                : String.format(Locale.ROOT, ", %d min left", Math.ceilDiv(seconds, 60));
    }
}
