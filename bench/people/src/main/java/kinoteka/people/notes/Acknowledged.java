package kinoteka.people.notes;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the library has said it did, so that it can be asked for afterwards. Thread-safe. */
public final class Acknowledged {

    private final Map<String, Added> added = new LinkedHashMap<>();
    private final Set<String> removed = new LinkedHashSet<>();

    /**
     * Something that was added.
     *
     * @param path where it stands
     * @param token of who may see it; null where everybody may
     * @param within the path of what it goes with; null where it stands by itself
     */
    public record Added(
            String path, @Nullable String token, @Nullable String within) {}

    /** It is there from now on. */
    public synchronized void add(Added thing) {
        added.put(thing.path(), thing);
    }

    /** It is gone, and what stands within it. */
    public synchronized void remove(String path) {
        removed.add(path);
        added.remove(path);
    }

    /** What must be there. */
    public synchronized List<Added> added() {
        return added.values().stream()
                .filter(thing -> thing.within() == null || !removed.contains(thing.within()))
                .toList();
    }

    /** What must not be there. */
    public synchronized List<String> removed() {
        return List.copyOf(removed);
    }
}
