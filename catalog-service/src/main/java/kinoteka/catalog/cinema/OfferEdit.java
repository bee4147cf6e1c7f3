package kinoteka.catalog.cinema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;

/**
 * The fields of an offer that an editor can set.
 *
 * @param price in roubles
 * @param discount for students, percent
 * @param rating the cinema's own rating of the film, 1..5
 * @param viewCount number of views in that cinema
 */
@JsonIgnoreProperties({"id", "cinema", "updated_at"})
record OfferEdit(
        @DecimalMin("0") @Digits(integer = 8, fraction = 2) BigDecimal price,
        @Min(0) @Max(100) int discount,
        @Min(1) @Max(5) int rating,
        @Min(0) long viewCount) {}
