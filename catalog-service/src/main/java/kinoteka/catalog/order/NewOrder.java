package kinoteka.catalog.order;

import jakarta.validation.constraints.Positive;

/** Asks for a film at a cinema that offers it, at the price of the offer. */
record NewOrder(@Positive long movieId, @Positive long cinemaId) {}
