package kinoteka.catalog.session;

import java.time.Instant;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import kinoteka.catalog.summary.CustomerSummary;
import kinoteka.catalog.summary.MovieSummary;

/**
 * A viewing session: a customer watches a film.
 *
 * @param id positive
 */
record Session(long id, Instant startedAt, CustomerSummary customer, MovieSummary movie)
        implements Editable<NewSession> {

    static Session of(Columns row) {
        return new Session(row.id(), row.instant(), CustomerSummary.of(row), MovieSummary.of(row));
    }

    @Override
    public NewSession editableFields() {
        return new NewSession(customer.id(), movie.id());
    }
}
