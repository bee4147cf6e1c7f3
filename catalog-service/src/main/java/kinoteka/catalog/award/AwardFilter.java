package kinoteka.catalog.award;

import jakarta.validation.constraints.Positive;
import kinoteka.catalog.listing.Filter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Selects awards.
 *
 * @param movieId only awards of this film
 * @param personId only awards of this person
 */
record AwardFilter(
        @BindParam("movie_id") @Positive @Nullable Long movieId,
        @BindParam("person_id") @Positive @Nullable Long personId) {

    Filter conditions() {
        return Filter.NONE
                .and("awards.movie_id = :movie", "movie", movieId)
                .and("awards.person_id = :person", "person", personId);
    }
}
