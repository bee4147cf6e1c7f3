package kinoteka.gateway.routing;

import org.jspecify.annotations.Nullable;

/**
 * Validates and splits the target of a request as it was sent (RFC 9112, 3.2). A target that the gateway and the catalogue could interpret
 * differently is rejected rather than normalized, because a second spelling of a path can circumvent access rules.
 */
public final class RequestTarget {

    private RequestTarget() {}

    /** Returns the path and query of a target in origin form or in absolute form; the host of the latter is ignored. */
    public static String pathAndQuery(String target) {
        if (target.startsWith("/")) {
            return target;
        }
        var authority = target.indexOf("://") + 3;
        var path = target.indexOf('/', authority);
        var query = target.indexOf('?', authority);
        if (query >= 0 && (path < 0 || query < path)) {
            return "/" + target.substring(query);
        }
        return path < 0 ? "/" : target.substring(path);
    }

    static String path(String pathAndQuery) {
        var query = pathAndQuery.indexOf('?');
        return query < 0 ? pathAndQuery : pathAndQuery.substring(0, query);
    }

    /** Returns the reason why this target is rejected, as a sentence for the client; null if it is valid. */
    static @Nullable String findViolation(String target) {
        if (!target.startsWith("/")
                && !target.regionMatches(true, 0, "http://", 0, 7)
                && !target.regionMatches(true, 0, "https://", 0, 8)) {
            return "The request target is neither a path nor an HTTP URL.";
        }
        if (target.indexOf('#') >= 0) {
            return "The request target contains a fragment.";
        }
        return findPathViolation(path(pathAndQuery(target)));
    }

    private static @Nullable String findPathViolation(String path) {
        for (int i = 0, segment = 1; i < path.length(); i++) {
            var c = path.charAt(i);
            if (c == '%') {
                var violation = findEscapeViolation(path, i);
                if (violation != null) {
                    return violation;
                }
            } else if (c <= ' ' || c >= 0x7f || c == '\\' || c == ';') {
                return "The path contains a character that is not allowed.";
            }
            if (c == '/') {
                segment = i + 1;
                if (path.startsWith("/", segment)) {
                    return "The path contains an empty segment.";
                }
            } else if (i + 1 == path.length() || path.charAt(i + 1) == '/') {
                if (isDots(path, segment, i + 1)) {
                    return "The path contains a dot segment.";
                }
            }
        }
        return null;
    }

    private static boolean isDots(String path, int from, int to) {
        return path.charAt(from) == '.' && (to - from == 1 || (to - from == 2 && path.charAt(from + 1) == '.'));
    }

    /** Percent-encoded letters and the like are accepted; encoded separators, dots and control characters are not. */
    private static @Nullable String findEscapeViolation(String path, int percent) {
        var high = percent + 2 < path.length() ? Character.digit(path.charAt(percent + 1), 16) : -1;
        var low = percent + 2 < path.length() ? Character.digit(path.charAt(percent + 2), 16) : -1;
        if (high < 0 || low < 0) {
            return "The path contains a percent sign that is not followed by two hexadecimal digits.";
        }
        var decoded = (char) (high * 16 + low);
        return decoded < ' ' || decoded == 0x7f || "/\\.;%".indexOf(decoded) >= 0
                ? "The path contains a percent-encoded character that is not allowed."
                : null;
    }
}
