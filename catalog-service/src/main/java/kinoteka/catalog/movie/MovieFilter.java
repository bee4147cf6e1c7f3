package kinoteka.catalog.movie;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import kinoteka.catalog.listing.Filter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Selects films.
 *
 * @param q words of the title or the synopsis, in Russian or English and in any inflected form, or a title, possibly misspelt
 * @param tag title of a tag
 * @param ratingMin the lowest average rating; films without ratings do not match
 */
record MovieFilter(
        @Size(min = 1, max = 200) @Nullable String q,
        @Min(1888) @Max(2200) @Nullable Integer year,
        @Size(max = 128) @Nullable String tag,
        @Size(max = 128) @Nullable String country,

        @BindParam("rating_min") @DecimalMin("1") @DecimalMax("5") @Digits(integer = 1, fraction = 2) @Nullable
        BigDecimal ratingMin) {

    Filter conditions() {
        return Filter.NONE
                .and("(search @@ websearch_to_tsquery('russian', :q) or :q <% title or :q <% title_original)", "q", q)
                .and("-year = -(:year)", "year", year)
                .and(
                        "exists (select from movie_tags join tags on tags.id = tag_id"
                                + " where movie_id = movies.id and tags.title = :tag)",
                        "tag",
                        tag)
                .and("country = :country", "country", country)
                .and("rating >= :ratingMin", "ratingMin", ratingMin);
    }
}
