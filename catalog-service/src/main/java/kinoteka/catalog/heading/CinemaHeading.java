package kinoteka.catalog.heading;

import kinoteka.catalog.database.Columns;

/**
 * An online cinema.
 *
 * @param id positive
 */
public record CinemaHeading(long id, String title) {

    /** Reads id and title. */
    public static CinemaHeading of(Columns row) {
        return new CinemaHeading(row.id(), row.text());
    }
}
