package kinoteka.catalog.rating;

import java.time.Instant;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.summary.CustomerSummary;
import org.jspecify.annotations.Nullable;

/**
 * A customer's stars for a film or a publication.
 *
 * @param id positive
 * @param stars 1..5
 * @param movieId null where it is a publication's
 * @param publicationId null where it is a film's
 * @param changedAt null where it is still the first
 */
record Rating(
        long id,
        CustomerSummary customer,
        int stars,
        @Nullable Long movieId,
        @Nullable Long publicationId,
        Instant createdAt,
        @Nullable Instant changedAt) {

    static final String COLUMNS = """
            ratings.id, customer_id, (select username from customers where customers.id = customer_id), stars, movie_id,
            publication_id, created_at, changed_at
            """;

    static Rating of(Columns row) {
        return new Rating(
                row.id(),
                CustomerSummary.of(row),
                row.integer(),
                row.idOrNull(),
                row.idOrNull(),
                row.instant(),
                row.instantOrNull());
    }

    boolean isFirst() {
        return changedAt == null;
    }
}
