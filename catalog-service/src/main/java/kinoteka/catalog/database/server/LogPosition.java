package kinoteka.catalog.database.server;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A position in PostgreSQL's write-ahead log. Whatever was committed before a position was read is at a smaller one.
 *
 * @param bytes from the beginning of the log
 */
public record LogPosition(long bytes) implements Comparable<LogPosition> {

    private static final Pattern FORMAT = Pattern.compile("(?i)([0-9A-F]{1,8})/([0-9A-F]{1,8})");
    private static final int HEXADECIMAL = 16;

    /** Reads the format of PostgreSQL's type {@code pg_lsn}, for example {@code 16/B374D848}; empty if this is none. */
    public static Optional<LogPosition> parse(String text) {
        var match = FORMAT.matcher(text);
        return match.matches()
                ? Optional.of(new LogPosition(Long.parseLong(match.group(1), HEXADECIMAL) << Integer.SIZE
                        | Long.parseLong(match.group(2), HEXADECIMAL)))
                : Optional.empty();
    }

    /** Whether everything up to the other position is contained. */
    public boolean includes(LogPosition other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(LogPosition other) {
        return Long.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(bytes >>> Integer.SIZE, bytes & 0xFFFF_FFFFL);
    }
}
