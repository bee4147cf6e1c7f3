package kinoteka.catalog.heading;

import kinoteka.catalog.database.Columns;

/**
 * A term of one of the vocabularies: a position, a nomination, a category.
 *
 * @param id positive
 */
public record TermHeading(long id, String title) {

    /** Reads id and title. */
    public static TermHeading of(Columns row) {
        return new TermHeading(row.id(), row.text());
    }
}
