package kinoteka.catalog.problem;

import java.util.Locale;

/**
 * A field of a request body or a parameter that is not valid.
 *
 * @param field its name as the client wrote it; a path for a nested field
 * @param detail the reason, for example the expected range
 */
public record InvalidField(String field, String detail) {

    /** Names the field after a component of a record. */
    public static InvalidField named(String component, String detail) {
        return new InvalidField(nameOf(component), detail);
    }

    /** The name that clients use for a component of a record: {@code movieId} is {@code movie_id}. */
    public static String nameOf(String component) {
        return component.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
