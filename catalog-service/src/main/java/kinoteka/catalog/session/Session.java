package kinoteka.catalog.session;

import java.time.Instant;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.heading.CustomerHeading;
import kinoteka.catalog.heading.MovieHeading;

/**
 * Somebody watches something.
 *
 * @param id positive
 * @param startedAt since when
 */
record Session(long id, Instant startedAt, CustomerHeading customer, MovieHeading movie) {

    static Session of(Columns row) {
        return new Session(row.id(), row.instant(), CustomerHeading.of(row), MovieHeading.of(row));
    }
}
