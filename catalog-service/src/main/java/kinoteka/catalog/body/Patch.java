package kinoteka.catalog.body;

import com.fasterxml.jackson.annotation.JsonCreator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Merge Patch (RFC 7396): fields that it does not contain keep their values, and null removes a value.
 *
 * @param <T> the fields that the patch may change
 */
@SuppressWarnings("UnusedTypeParameter") // the OpenAPI document reads it
public record Patch<T>(ObjectNode changes) {

    /** The media type of a patch; {@code application/json} is accepted too. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Patch {}
}
