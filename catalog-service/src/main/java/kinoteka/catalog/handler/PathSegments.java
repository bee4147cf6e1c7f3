package kinoteka.catalog.handler;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;

/**
 * The segments of a path pattern such as {@code /api/movie/{id}}.
 *
 * @param literals what each segment must be, decoded; an empty string if it may be anything. Null if the pattern may match paths with
 *     another number of segments
 */
record PathSegments(@Nullable List<String> literals) {

    private static final String ANY = "";

    /** Reads a pattern of Spring's {@code PathPattern}. */
    static PathSegments of(String pattern) {
        if (!pattern.startsWith("/") || pattern.endsWith("/") || pattern.contains("**") || pattern.contains("{*")) {
            return new PathSegments(null);
        }
        return new PathSegments(List.of(pattern.substring(1).split("/", -1)).stream()
                .map(segment -> isLiteral(segment) ? segment : ANY)
                .toList());
    }

    private static boolean isLiteral(String segment) {
        return segment.chars().noneMatch(character -> "{}*?".indexOf(character) >= 0);
    }

    /** Whether the pattern may match this path. */
    boolean mayMatch(PathContainer path) {
        if (literals == null) {
            return true;
        }
        var elements = path.elements(); // each segment follows a separator
        if (elements.size() != 2 * literals.size()) {
            return false;
        }
        for (var i = 0; i < literals.size(); i++) {
            var literal = literals.get(i);
            if (!literal.isEmpty()
                    && !(elements.get(2 * i + 1) instanceof PathSegment segment
                            && segment.valueToMatch().equals(literal))) {
                return false;
            }
        }
        return true;
    }
}
