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

/** What there is to ask for: the things that lists show, and those that requests have made. */
final class Things {

    private final Document document;
    private final RandomGenerator random;
    private final Function<String, JsonNode> read;
    private final Map<String, List<Long>> idsOfLists = new HashMap<>();
    private final Map<String, List<String>> made = new HashMap<>();

    /** @param read what is at a path and query */
    Things(Document document, RandomGenerator random, Function<String, JsonNode> read) {
        this.document = document;
        this.random = random;
        this.read = read;
    }

    /** What an earlier request made at such a path, each only once. */
    Optional<String> made(String path) {
        var things = made.getOrDefault(path, List.of());
        return things.isEmpty() ? Optional.empty() : Optional.of(things.removeLast());
    }

    /** Whether what was made is at a path that the document has. */
    boolean remember(String location) {
        var path = document.operations().stream()
                .map(Operation::path)
                .filter(documented -> isAt(location, documented))
                .findFirst();
        path.ifPresent(documented ->
                made.computeIfAbsent(documented, none -> new ArrayList<>()).add(location));
        return path.isPresent();
    }

    /** The path with ids of things that there are. */
    String filled(String path) {
        int variable = path.indexOf('{');
        if (variable < 0) {
            return path;
        }
        int end = path.indexOf('}', variable);
        var parent = path.substring(0, variable - 1);
        return filled(parent + "/" + anIdOf(parent) + path.substring(end + 1));
    }

    /** Of something that the list at this path has, or a list of that name below a thing. */
    long anIdOf(String path) {
        var ids = idsOfLists.computeIfAbsent(path, this::idsOf);
        return ids.isEmpty() ? 1 : ids.get(random.nextInt(ids.size()));
    }

    private List<Long> idsOf(String path) {
        var lists = document.lists().toList();
        var list = lists.stream().anyMatch(documented -> isAt(path, documented))
                ? Optional.of(path)
                : lists.stream()
                        .filter(other -> other.endsWith(path.substring(path.lastIndexOf('/')) + "s"))
                        .findFirst()
                        .map(this::filled);
        return list.map(this::listed).orElse(List.of());
    }

    private List<Long> listed(String path) {
        return read.apply(path + "?limit=50")
                .valueStream()
                .filter(thing -> thing.path("deleted_at").isNull()
                        || thing.path("deleted_at").isMissingNode())
                .map(thing -> thing.path("id").asLong(1))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean isAt(String path, String documented) {
        return path.matches(documented.replaceAll("\\{[^}]+}", "\\\\d+"));
    }
}
