package kinoteka.catalog.rating;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Gives stars. */
record NewRating(@Min(1) @Max(5) int stars) {}
