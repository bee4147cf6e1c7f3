package kinoteka.catalog.summary;

import kinoteka.catalog.database.Columns;

/**
 * A reference to a film or a series.
 *
 * @param id positive
 * @param title in the language of the catalogue
 * @param year of release
 * @param duration in minutes; 0 if unknown
 */
public record MovieSummary(long id, String title, int year, int duration) {

    /** Reads id, title, year and duration. */
    public static MovieSummary of(Columns row) {
        return new MovieSummary(row.id(), row.text(), row.integer(), row.integer());
    }
}
