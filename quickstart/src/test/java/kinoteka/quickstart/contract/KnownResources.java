package kinoteka.quickstart.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The resources that requests can name: those of the lists, and those that requests have created. */
final class KnownResources {

    private final Document document;
    private final RandomGenerator random;
    private final Function<String, JsonNode> read;
    private final Map<String, List<Long>> idsOfLists = new HashMap<>();
    private final Map<String, List<String>> created = new HashMap<>();

    /** @param read returns the body of a GET request to a path with a query */
    KnownResources(Document document, RandomGenerator random, Function<String, JsonNode> read) {
        this.document = document;
        this.random = random;
        this.read = read;
    }

    /** Returns a resource at this path that a request has created, and returns each of them only once. */
    Optional<String> takeCreated(String path) {
        var locations = created.getOrDefault(path, List.of());
        return locations.isEmpty() ? Optional.empty() : Optional.of(locations.removeLast());
    }

    /** Adds a created resource. Returns false if the document has no path for it. */
    boolean addCreated(String location) {
        var path = document.operations().stream()
                .map(Operation::path)
                .filter(documented -> isAt(location, documented))
                .findFirst();
        path.ifPresent(documented ->
                created.computeIfAbsent(documented, none -> new ArrayList<>()).add(location));
        return path.isPresent();
    }

    /** Replaces the variables of a path by ids of existing resources. */
    String fillPath(String path) {
        int variable = path.indexOf('{');
        if (variable < 0) {
            return path;
        }
        int end = path.indexOf('}', variable);
        var parent = path.substring(0, variable - 1);
        return fillPath(parent + "/" + pickId(parent) + path.substring(end + 1));
    }

    /** Returns an id from the list at this path, or from a list of that name below another resource; 1 if there is none. */
    long pickId(String path) {
        var ids = idsOfLists.computeIfAbsent(path, this::readIds);
        return ids.isEmpty() ? 1 : ids.get(random.nextInt(ids.size()));
    }

    private List<Long> readIds(String path) {
        var lists = document.listPaths().toList();
        var list = lists.stream().anyMatch(documented -> isAt(path, documented))
                ? Optional.of(path)
                : lists.stream()
                        .filter(other -> other.endsWith(path.substring(path.lastIndexOf('/')) + "s"))
                        .findFirst()
                        .map(this::fillPath);
        return list.map(this::readList).orElse(List.of());
    }

    private List<Long> readList(String path) {
        return read.apply(path + "?limit=50")
                .valueStream()
                .filter(resource -> resource.path("deleted_at").isNull()
                        || resource.path("deleted_at").isMissingNode())
                .map(resource -> resource.path("id").asLong(1))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean isAt(String path, String documented) {
        return path.matches(documented.replaceAll("\\{[^}]+}", "\\\\d+"));
    }
}
