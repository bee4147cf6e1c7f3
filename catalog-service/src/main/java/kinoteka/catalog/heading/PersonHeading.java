package kinoteka.catalog.heading;

import kinoteka.catalog.database.Columns;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who makes films.
 *
 * @param id positive
 */
public record PersonHeading(
        long id, String firstName, @Nullable String midName, String lastName) {

    /** Reads id, first name, middle name and last name. */
    public static PersonHeading of(Columns row) {
        return new PersonHeading(row.id(), row.text(), row.textOrNull(), row.text());
    }

    /** As {@link #of}; null where the id is null. */
    public static @Nullable PersonHeading ofNullable(Columns row) {
        var id = row.idOrNull();
        var firstName = row.textOrNull();
        var midName = row.textOrNull();
        var lastName = row.textOrNull();
        return id == null || firstName == null || lastName == null
                ? null
                : new PersonHeading(id, firstName, midName, lastName);
    }
}
