package kinoteka.catalog.session;

import jakarta.validation.constraints.Positive;

/** A new viewing session, which starts now. */
record NewSession(@Positive long customerId, @Positive long movieId) {}
