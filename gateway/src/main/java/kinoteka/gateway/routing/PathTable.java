package kinoteka.gateway.routing;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint of a path in one pass over it, however many endpoints there are. Immutable once built; paths are
 * compared as they were sent: no decoding, no other case, no trailing slash.
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
                throw new IllegalArgumentException(
                        "pattern of " + endpoint + ": " + endpoint.pattern() + " (expected: not that of another)");
            }
            node.endpoint = endpoint;
        }
    }

    /** @param path begins with a slash */
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

        /** A literal wins over the variable, which takes anything but nothing. */
        @Nullable
        Node next(String segment) {
            var literal = literals.get(segment);
            return literal != null || segment.isEmpty() ? literal : variable;
        }
    }
}
