package kinoteka.catalog.summary;

import kinoteka.catalog.database.Columns;

/**
 * A reference to a vocabulary term, such as a position, a nomination or a category.
 *
 * @param id positive
 */
public record TermSummary(long id, String title) {

    /** Reads id and title. */
    public static TermSummary of(Columns row) {
        return new TermSummary(row.id(), row.text());
    }
}
