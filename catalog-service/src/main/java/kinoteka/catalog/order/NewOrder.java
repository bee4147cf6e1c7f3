package kinoteka.catalog.order;

import jakarta.validation.constraints.Positive;

/** A new order of a film in an online cinema, at the price of the cinema's offer. */
record NewOrder(@Positive long movieId, @Positive long cinemaId) {}
