package kinoteka.gateway.cache.directive;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The directives of a {@code Cache-Control} field (RFC 9111, 5.2). Names are compared without regard to case, values may be tokens or
 * quoted strings, and what is not a directive is skipped. Immutable.
 */
public final class CacheControl {

    /** Without directives. */
    public static final CacheControl NONE = new CacheControl(Map.of());

    /** The value in seconds of a directive that is absent. */
    public static final long ABSENT = -1;

    /** The value in seconds of a directive whose value is not a number of seconds, or that occurs with different values. */
    public static final long INVALID = -2;

    /** The largest number of seconds (RFC 9111, 1.2.2). */
    private static final long LARGEST = 1L << 31;

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
    private static final String NO_VALUE = "";
    private static final String CONTRADICTION = "\0";

    private final Map<String, String> directives;

    private CacheControl(Map<String, String> directives) {
        this.directives = directives;
    }

    /** Parses the values of all fields of this name. */
    public static CacheControl parse(List<String> fields) {
        if (fields.isEmpty()) {
            return NONE;
        }
        var directives = new HashMap<String, String>();
        for (var field : fields) {
            parse(field, directives);
        }
        return new CacheControl(directives);
    }

    private static void parse(String field, Map<String, String> directives) {
        for (var start = 0; start < field.length(); ) {
            var end = endOfElement(field, start);
            var element = field.substring(start, end).strip();
            var equals = element.indexOf('=');
            var name = (equals < 0 ? element : element.substring(0, equals)).toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                var value = equals < 0 ? NO_VALUE : unquote(element.substring(equals + 1));
                directives.merge(name, value, (one, other) -> Objects.equals(one, other) ? one : CONTRADICTION);
            }
            start = end + 1;
        }
    }

    /** Returns the position of the next comma that is not part of a quoted string, or the end of the field. */
    private static int endOfElement(String field, int start) {
        var isQuoted = false;
        for (var i = start; i < field.length(); i++) {
            switch (field.charAt(i)) {
                case '"' -> isQuoted = !isQuoted;
                case '\\' -> i += isQuoted ? 1 : 0;
                case ',' -> {
                    if (!isQuoted) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return field.length();
    }

    private static String unquote(String value) {
        var last = value.length() - 1;
        return last > 0 && value.charAt(0) == '"' && value.charAt(last) == '"'
                ? ESCAPED.matcher(value.substring(1, last)).replaceAll("$1")
                : value;
    }

    /** Whether there is no directive. */
    public boolean isEmpty() {
        return directives.isEmpty();
    }

    /**
     * Whether there is a directive of this name, with or without a value. {@code no-cache} and {@code private} restrict only the fields that
     * they name, if any; this treats them as if they named none, as RFC 9111, 5.2.2.4 and 5.2.2.7 allow.
     */
    public boolean has(String name) {
        return directives.containsKey(name);
    }

    /** Whether there is a directive of this name without a value. */
    public boolean hasNoValue(String name) {
        return NO_VALUE.equals(directives.get(name));
    }

    /** Returns the value of a directive in seconds, {@link #ABSENT} or {@link #INVALID}. */
    public long seconds(String name) {
        var value = directives.get(name);
        return value == null ? ABSENT : parseSeconds(value);
    }

    static long parseSeconds(String value) {
        if (value.isEmpty()) {
            return INVALID;
        }
        var seconds = 0L;
        for (var i = 0; i < value.length(); i++) {
            var digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return INVALID;
            }
            seconds = Math.min(LARGEST, 10 * seconds + digit);
        }
        return seconds;
    }
}
