package kinoteka.catalog.session;

import java.time.Instant;
import kinoteka.catalog.movie.Movie;

/**
 * Somebody watches something.
 *
 * @param id positive
 * @param startedAt since when
 */
record Session(long id, Instant startedAt, Viewer customer, Movie movie) {

    /** Who watches, as everybody may see. */
    record Viewer(long id, String username) {}
}
