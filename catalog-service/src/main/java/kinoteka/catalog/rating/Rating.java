package kinoteka.catalog.rating;

import java.time.Instant;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import kinoteka.catalog.summary.CustomerSummary;
import org.jspecify.annotations.Nullable;

/**
 * A customer's rating of a film or of a publication.
 *
 * @param id positive
 * @param stars 1..5
 * @param movieId null for the rating of a publication
 * @param publicationId null for the rating of a film
 * @param changedAt time of the last update; null if there was none
 */
record Rating(
        long id,
        CustomerSummary customer,
        int stars,
        @Nullable Long movieId,
        @Nullable Long publicationId,
        Instant createdAt,
        @Nullable Instant changedAt)
        implements Editable<NewRating> {

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

    @Override
    public NewRating editableFields() {
        return new NewRating(stars);
    }

    /** The path of the film or of the publication. */
    String ratedPath() {
        return movieId == null ? "/api/publication/" + publicationId : "/api/movie/" + movieId;
    }

    /** Whether the customer had not rated the same film or publication before. */
    boolean isNew() {
        return changedAt == null;
    }
}
