package kinoteka.gateway.routing;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates the {@code Host} header, which must occur exactly once in an HTTP/1.1 request (RFC 9112, 3.2). */
public final class HostHeader {

    /** Of a host name that is not an address, and of a port. */
    private static final int LONGEST_NAME = 253;

    private static final int LONGEST_PORT = 5;

    private static final Pattern VALID_ADDRESS = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}](?::\\d{1,5})?");

    private HostHeader() {}

    /** Returns the host of a header without its port; empty if there is no header. */
    public static String name(@Nullable String value) {
        if (value == null) {
            return "";
        }
        var port = value.indexOf(':', value.indexOf(']') + 1);
        return port < 0 ? value : value.substring(0, port);
    }

    /**
     * Returns the reason why these {@code Host} headers are not valid, as a sentence for the client; null if they are valid.
     *
     * @param values the values of all {@code Host} headers of a request
     * @param required whether the request must have one
     */
    static @Nullable String findViolation(List<String> values, boolean required) {
        if (values.isEmpty()) {
            return required ? "The request has no Host header." : null;
        }
        if (values.size() > 1) {
            return "The request has more than one Host header.";
        }
        return isValid(values.getFirst()) ? null : "The Host header is not a valid host.";
    }

    /** Without a regular expression in the usual case, because every request has this header. */
    private static boolean isValid(String value) {
        if (value.startsWith("[")) {
            return VALID_ADDRESS.matcher(value).matches();
        }
        var end = value.indexOf(':');
        return end < 0 ? isName(value, value.length()) : isName(value, end) && isPort(value, end + 1);
    }

    private static boolean isName(String value, int end) {
        if (end == 0 || end > LONGEST_NAME) {
            return false;
        }
        for (var i = 0; i < end; i++) {
            var c = value.charAt(i);
            if (!isLetter(c) && !isDigit(c) && "._~-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String value, int start) {
        if (start == value.length() || value.length() - start > LONGEST_PORT) {
            return false;
        }
        for (var i = start; i < value.length(); i++) {
            if (!isDigit(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
