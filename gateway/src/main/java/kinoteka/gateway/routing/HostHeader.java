package kinoteka.gateway.routing;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Host header, which every HTTP/1.1 request has exactly once (RFC 9112, 3.2). */
final class HostHeader {

    private static final Pattern VALID =
            Pattern.compile("(?:[A-Za-z0-9._~-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");

    private HostHeader() {}

    /** Why a request with these Host headers is refused, for the client to read; null when it is fine. */
    static @Nullable String whyRefused(List<String> values, boolean required) {
        if (values.isEmpty()) {
            return required ? "The request has no Host header." : null;
        }
        if (values.size() > 1) {
            return "The request has more than one Host header.";
        }
        return VALID.matcher(values.getFirst()).matches() ? null : "The Host header is not a host name.";
    }
}
