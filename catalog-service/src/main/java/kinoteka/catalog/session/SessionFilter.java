package kinoteka.catalog.session;

import jakarta.validation.constraints.Positive;
import kinoteka.catalog.listing.Filter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Selects viewing sessions.
 *
 * @param customerId only sessions of this customer
 * @param movieId only sessions with this film
 */
record SessionFilter(
        @BindParam("customer_id") @Positive @Nullable Long customerId,
        @BindParam("movie_id") @Positive @Nullable Long movieId) {

    Filter conditions() {
        return Filter.NONE
                .and("customer_id = :byCustomer", "byCustomer", customerId)
                .and("movie_id = :byMovie", "byMovie", movieId);
    }
}
