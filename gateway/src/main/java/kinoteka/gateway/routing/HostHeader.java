package kinoteka.gateway.routing;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates the {@code Host} header, which must occur exactly once in an HTTP/1.1 request (RFC 9112, 3.2). */
public final class HostHeader {

    private static final Pattern VALID =
            Pattern.compile("(?:[A-Za-z0-9._~-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");

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
        return VALID.matcher(values.getFirst()).matches() ? null : "The Host header is not a valid host.";
    }
}
