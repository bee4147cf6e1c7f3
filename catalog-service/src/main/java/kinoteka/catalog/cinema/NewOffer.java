package kinoteka.catalog.cinema;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A new offer of a film.
 *
 * @param price in roubles
 * @param discount for students, percent; 0 if absent
 * @param rating the cinema's own rating of the film, 1..5
 */
record NewOffer(
        @Positive long cinemaId,
        @DecimalMin("0") @Digits(integer = 8, fraction = 2) BigDecimal price,
        @Min(0) @Max(100) @Nullable Integer discount,
        @Min(1) @Max(5) int rating) {}
