package kinoteka.catalog.body;

import com.fasterxml.jackson.annotation.JsonCreator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes to a part of a resource, a JSON Merge Patch (RFC 7396): fields that are not there stay as they are, and null takes
 * away.
 *
 * @param <T> the whole of what may be changed
 */
@SuppressWarnings("UnusedTypeParameter") // it says what the patch is for
public record Patch<T>(ObjectNode changes) {

    /** What says that a body is one; JSON is taken as one too. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Patch {}
}
