package kinoteka.people.metrics;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resources whose creation or deletion the library has acknowledged; they are checked after the run. A resource whose
 * deletion failed or was not acknowledged is not checked, because the library may have deleted it or not. Thread-safe.
 */
public final class AcknowledgedChanges {

    private final Map<String, Created> created = new LinkedHashMap<>();
    private final Set<String> deleted = new LinkedHashSet<>();
    private final Set<String> unknown = new HashSet<>();

    /**
     * A created resource.
     *
     * @param token that may read it; null if everybody may
     * @param parentPath path of the resource together with which it is deleted; null if there is none
     */
    public record Created(
            String path, @Nullable String token, @Nullable String parentPath) {}

    /** Records that a resource exists from now on. */
    public synchronized void recordCreated(Created resource) {
        created.put(resource.path(), resource);
    }

    /** Records that a resource and everything below it are deleted from now on. */
    public synchronized void recordDeleted(String path) {
        deleted.add(path);
        created.remove(path);
    }

    /** Records that a resource and everything below it may be deleted or not from now on. */
    public synchronized void recordUnknown(String path) {
        unknown.add(path);
        created.remove(path);
    }

    /** Returns the created resources that must still exist. */
    public synchronized List<Created> created() {
        return created.values().stream()
                .filter(resource -> resource.parentPath() == null
                        || !(deleted.contains(resource.parentPath()) || unknown.contains(resource.parentPath())))
                .toList();
    }

    /** Returns the paths of the resources that must not exist. */
    public synchronized List<String> deleted() {
        return List.copyOf(deleted);
    }
}
