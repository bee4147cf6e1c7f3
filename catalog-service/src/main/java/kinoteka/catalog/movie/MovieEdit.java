package kinoteka.catalog.movie;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a film that an editor can set. The other fields of a film are ignored, so that a client can send back a film
 * that it has read.
 *
 * @param title in the language of the catalogue
 * @param titleOriginal in the original language, if that is another one
 * @param year of release
 * @param duration in minutes; 0 if unknown
 * @param isan International Standard Audiovisual Number (ISO 15706)
 * @param budget in roubles
 * @param boxOffice in roubles
 * @param tags titles of existing tags; none if absent
 */
@JsonIgnoreProperties({"id", "rating", "rating_count", "staff", "awards", "offers"})
record MovieEdit(
        @NotBlank @Size(max = 500) String title,
        @Size(min = 1, max = 500) @Nullable String titleOriginal,
        @Min(1888) @Max(2200) int year,
        @Min(0) @Max(100_000) int duration,
        @Size(min = 1, max = 128) @Nullable String country,

        @Pattern(regexp = "0\\+|6\\+|12\\+|16\\+|18\\+") @Nullable
        String ageRating,

        @Size(min = 1, max = 33) @Nullable String isan,

        @DecimalMin("0") @Digits(integer = 12, fraction = 2) @Nullable
        BigDecimal budget,

        @DecimalMin("0") @Digits(integer = 12, fraction = 2) @Nullable
        BigDecimal boxOffice,

        @Size(max = 20_000) @Nullable String synopsis,
        @Size(max = 50) List<@NotBlank String> tags) {

    MovieEdit(
            String title,
            @Nullable String titleOriginal,
            int year,
            int duration,
            @Nullable String country,
            @Nullable String ageRating,
            @Nullable String isan,
            @Nullable BigDecimal budget,
            @Nullable BigDecimal boxOffice,
            @Nullable String synopsis,
            @Nullable List<String> tags) {
        this.title = title;
        this.titleOriginal = titleOriginal;
        this.year = year;
        this.duration = duration;
        this.country = country;
        this.ageRating = ageRating;
        this.isan = isan;
        this.budget = budget;
        this.boxOffice = boxOffice;
        this.synopsis = synopsis;
        this.tags = Stream.ofNullable(tags).flatMap(List::stream).distinct().toList();
    }
}
