package kinoteka.catalog.session;

import jakarta.validation.constraints.Positive;
import kinoteka.catalog.listing.Filter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/** Whose sessions, and of which film, a client asks for. */
record SessionFilter(
        @BindParam("customer_id") @Positive @Nullable Long customerId,
        @BindParam("movie_id") @Positive @Nullable Long movieId) {

    Filter conditions() {
        return Filter.NONE
                .and("customer_id = :ofCustomer", "ofCustomer", customerId)
                .and("movie_id = :ofMovie", "ofMovie", movieId);
    }
}
