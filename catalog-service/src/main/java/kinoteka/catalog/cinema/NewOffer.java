package kinoteka.catalog.cinema;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a film to be offered in a cinema.
 *
 * @param discount 0 where it is not said
 */
record NewOffer(
        @Positive long cinemaId,
        @DecimalMin("0") @Digits(integer = 8, fraction = 2) BigDecimal price,
        @Min(0) @Max(100) @Nullable Integer discount,
        @Min(1) @Max(5) int rating) {}
