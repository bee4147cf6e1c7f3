package kinoteka.gateway.routing;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint of a path in one pass over its segments, independently of the number of endpoints. Paths are compared exactly as they
 * were sent: they are not decoded, and case and a trailing slash are significant. Immutable.
 */
final class PathTable {

    private static final String VARIABLE = "{id}";

    private final Node root = new Node();

    PathTable(Endpoint... endpoints) {
        for (var endpoint : endpoints) {
            var node = root;
            for (var segment : endpoint.pattern().substring(1).split("/", -1)) {
                node = segment.equals(VARIABLE)
                        ? node.variable()
                        : node.literals.computeIfAbsent(segment, name -> new Node());
            }
            if (node.endpoint != null) {
                throw new IllegalArgumentException("pattern of " + endpoint + ": " + endpoint.pattern()
                        + " (expected: a pattern that no other endpoint has)");
            }
            node.endpoint = endpoint;
        }
    }

    /**
     * Returns the endpoint of a path; null if the path is not on the allow-list.
     *
     * @param path begins with a slash
     */
    @Nullable
    Endpoint find(String path) {
        @Nullable Node node = root;
        for (int start = 1; node != null; ) {
            int slash = path.indexOf('/', start);
            node = node.next(slash < 0 ? path.substring(start) : path.substring(start, slash));
            if (slash < 0) {
                break;
            }
            start = slash + 1;
        }
        return node == null ? null : node.endpoint;
    }

    private static final class Node {

        private final Map<String, Node> literals = new HashMap<>();
        private @Nullable Node variable;
        private @Nullable Endpoint endpoint;

        Node variable() {
            if (variable == null) {
                variable = new Node();
            }
            return variable;
        }

        /** A literal takes precedence over the variable, which matches any segment that is not empty. */
        @Nullable
        Node next(String segment) {
            var literal = literals.get(segment);
            return literal != null || segment.isEmpty() ? literal : variable;
        }
    }
}
