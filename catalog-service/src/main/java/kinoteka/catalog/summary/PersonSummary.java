package kinoteka.catalog.summary;

import kinoteka.catalog.database.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a person who makes films.
 *
 * @param id positive
 */
public record PersonSummary(
        long id, String firstName, @Nullable String midName, String lastName) {

    /** Reads id, first name, middle name and last name. */
    public static PersonSummary of(Columns row) {
        return new PersonSummary(row.id(), row.text(), row.textOrNull(), row.text());
    }

    /** Like {@link #of}; returns null if the id is null. */
    public static @Nullable PersonSummary ofNullable(Columns row) {
        var id = row.idOrNull();
        var firstName = row.textOrNull();
        var midName = row.textOrNull();
        var lastName = row.textOrNull();
        return id == null || firstName == null || lastName == null
                ? null
                : new PersonSummary(id, firstName, midName, lastName);
    }
}
