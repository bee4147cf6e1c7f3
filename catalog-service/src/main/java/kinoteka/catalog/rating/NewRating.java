package kinoteka.catalog.rating;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** A new rating: 1 to 5 stars. */
record NewRating(@Min(1) @Max(5) int stars) {}
