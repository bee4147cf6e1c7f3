package kinoteka.catalog.body;

import tools.jackson.databind.node.ObjectNode;

/**
 * A partial update of a resource, a JSON Merge Patch (RFC 7396): fields that are missing keep their values, and null removes
 * a value.
 *
 * @param <T> record that describes all fields that can be changed
 * @param changes each field is known to be a valid one of {@code T}
 */
@SuppressWarnings("UnusedTypeParameter") // PatchReader checks the fields by it
public record Patch<T>(ObjectNode changes) {

    /** The media type of a patch; {@code application/json} is accepted too. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";
}
