package kinoteka.catalog.summary;

import kinoteka.catalog.database.Columns;

/**
 * A reference to an online cinema.
 *
 * @param id positive
 */
public record CinemaSummary(long id, String title) {

    /** Reads id and title. */
    public static CinemaSummary of(Columns row) {
        return new CinemaSummary(row.id(), row.text());
    }
}
