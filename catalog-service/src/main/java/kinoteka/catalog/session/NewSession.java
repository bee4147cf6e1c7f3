package kinoteka.catalog.session;

import jakarta.validation.constraints.Positive;

/** Asks for a session that begins now. */
record NewSession(@Positive long customerId, @Positive long movieId) {}
