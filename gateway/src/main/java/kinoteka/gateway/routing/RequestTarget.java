package kinoteka.gateway.routing;

import org.jspecify.annotations.Nullable;

/**
 * The target of a request as it was sent (RFC 9112, 3.2), and why one is refused. What a proxy and the server behind it
 * could read differently is not repaired but refused: a second spelling of a path is a way around a rule.
 */
public final class RequestTarget {

    private RequestTarget() {}

    /** Path and query of a target in origin form, or in absolute form whatever host it names. */
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

    /** Why this target is refused, for the client to read; null when it is fine. */
    static @Nullable String whyRefused(String target) {
        if (!target.startsWith("/")
                && !target.regionMatches(true, 0, "http://", 0, 7)
                && !target.regionMatches(true, 0, "https://", 0, 8)) {
            return "The target is neither a path nor an http URL.";
        }
        if (target.indexOf('#') >= 0) {
            return "The target has a fragment.";
        }
        return whyPathRefused(path(pathAndQuery(target)));
    }

    private static @Nullable String whyPathRefused(String path) {
        for (int i = 0, segment = 1; i < path.length(); i++) {
            var c = path.charAt(i);
            if (c == '%') {
                var refusal = whyEscapeRefused(path, i);
                if (refusal != null) {
                    return refusal;
                }
            } else if (c <= ' ' || c >= 0x7f || c == '\\' || c == ';') {
                return "The path has a character that may not stand there.";
            }
            if (c == '/') {
                segment = i + 1;
                if (path.startsWith("/", segment)) {
                    return "The path has an empty segment.";
                }
            } else if (i + 1 == path.length() || path.charAt(i + 1) == '/') {
                if (isDots(path, segment, i + 1)) {
                    return "The path has a segment of dots.";
                }
            }
        }
        return null;
    }

    private static boolean isDots(String path, int from, int to) {
        return path.charAt(from) == '.' && (to - from == 1 || (to - from == 2 && path.charAt(from + 1) == '.'));
    }

    /** Escapes of letters and the like are let be; those that hide structure are not. */
    private static @Nullable String whyEscapeRefused(String path, int percent) {
        var high = percent + 2 < path.length() ? Character.digit(path.charAt(percent + 1), 16) : -1;
        var low = percent + 2 < path.length() ? Character.digit(path.charAt(percent + 2), 16) : -1;
        if (high < 0 || low < 0) {
            return "The path has a percent sign without two hexadecimal digits.";
        }
        var hidden = (char) (high * 16 + low);
        return hidden < ' ' || hidden == 0x7f || "/\\.;%".indexOf(hidden) >= 0
                ? "The path has an escaped character that may not be escaped."
                : null;
    }
}
