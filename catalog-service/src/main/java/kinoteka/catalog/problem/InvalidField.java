package kinoteka.catalog.problem;

import java.util.Locale;

/**
 * What is wrong with one field of a body or one parameter.
 *
 * @param field its name as the client wrote it; a path where fields nest
 * @param detail what was expected
 */
public record InvalidField(String field, String detail) {

    /** Of a record's component, by its name in Java. */
    public static InvalidField named(String component, String detail) {
        return new InvalidField(nameOf(component), detail);
    }

    /** A component's name as clients write it. */
    public static String nameOf(String component) {
        return component.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
