package kinoteka.catalog.session;

import java.time.Instant;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.summary.CustomerSummary;
import kinoteka.catalog.summary.MovieSummary;

/**
 * Somebody watches something.
 *
 * @param id positive
 * @param startedAt since when
 */
record Session(long id, Instant startedAt, CustomerSummary customer, MovieSummary movie) {

    static Session of(Columns row) {
        return new Session(row.id(), row.instant(), CustomerSummary.of(row), MovieSummary.of(row));
    }
}
