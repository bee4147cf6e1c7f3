package kinoteka.catalog.session;

import jakarta.validation.constraints.Positive;

/** Asks for a session that begins now. */
record NewSession(
        @Positive(message = "expected: a positive number") long customerId,
        @Positive(message = "expected: a positive number") long movieId) {}
