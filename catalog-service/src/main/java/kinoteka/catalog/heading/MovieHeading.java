package kinoteka.catalog.heading;

import kinoteka.catalog.database.Columns;

/**
 * A film or a series.
 *
 * @param id positive
 * @param title in the language it is listed under
 * @param year of release
 * @param duration in minutes, 0 where it is not known
 */
public record MovieHeading(long id, String title, int year, int duration) {

    /** Reads id, title, year and duration. */
    public static MovieHeading of(Columns row) {
        return new MovieHeading(row.id(), row.text(), row.integer(), row.integer());
    }
}
