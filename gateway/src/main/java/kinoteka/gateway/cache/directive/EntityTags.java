package kinoteka.gateway.cache.directive;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates {@code If-None-Match} for a stored response (RFC 9110, 13.1.2). */
public final class EntityTags {

    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t,]*(?:W/)?(\"[!#-~\\x80-\\xff]*\")[ \\t]*(?:,[ \\t,]*|\\z)");

    private EntityTags() {}

    /** The result of a comparison. */
    public enum Result {
        /** The client has the stored response. */
        MATCHES,
        /** The client does not have it. */
        DIFFERS,
        /** The field is not valid. */
        MALFORMED
    }

    /**
     * Compares weakly.
     *
     * @param fields the values of all fields {@code If-None-Match}
     * @param etag the entity tag of the stored response; null if it has none
     */
    public static Result compare(List<String> fields, @Nullable String etag) {
        if (fields.size() == 1) { // nearly all of them
            var only = fields.getFirst();
            if (only.equals(etag) || only.equals("*")) {
                return Result.MATCHES;
            }
        }
        return compareAll(String.join(",", fields), etag == null ? null : opaque(etag));
    }

    private static Result compareAll(String joined, @Nullable String etag) {
        var found = Result.DIFFERS;
        var end = 0;
        for (var tags = TAG.matcher(joined); tags.find(); end = tags.end()) {
            if (tags.group(1).equals(etag)) {
                found = Result.MATCHES;
            }
        }
        return end == joined.length() && end > 0 ? found : Result.MALFORMED;
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }
}
