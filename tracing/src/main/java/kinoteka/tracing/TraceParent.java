package kinoteka.tracing;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of a {@code traceparent} header (W3C Trace Context, 3.2).
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero: the parent of the receiver's spans
 */
public record TraceParent(String traceId, String spanId, boolean isSampled) {

    public static final String HEADER = "traceparent";

    private static final Pattern VALID = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]([0-9a-f])(?:(?<!^00.{53})-.*)?");

    /** Returns the parsed value; null if it is absent or not valid. */
    public static @Nullable TraceParent parse(@Nullable String value) {
        if (value == null) {
            return null;
        }
        var match = VALID.matcher(value);
        return match.matches()
                ? new TraceParent(
                        match.group(1),
                        match.group(2),
                        (Character.digit(match.group(3).charAt(0), 16) & 1) == 1)
                : null;
    }
}
