package kinoteka.catalog.movie;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import kinoteka.catalog.award.Award;
import kinoteka.catalog.cinema.Offer;
import kinoteka.catalog.staff.StaffMember;
import org.jspecify.annotations.Nullable;

/**
 * All of a film.
 *
 * @param isan International Standard Audiovisual Number (ISO 15706)
 * @param budget in roubles
 * @param boxOffice in roubles
 * @param tags by title
 * @param staff absent unless it was asked for, as are awards and offers
 */
record MovieDetails(
        long id,
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
        List<String> tags,
        @Nullable BigDecimal rating,
        int ratingCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<StaffMember> staff,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Award> awards,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Offer> offers) {

    /** What an editor may change of it. */
    MovieEdit edit() {
        return new MovieEdit(
                title, titleOriginal, year, duration, country, ageRating, isan, budget, boxOffice, synopsis, tags);
    }

    /** The same film with what was asked for besides. */
    MovieDetails with(@Nullable List<StaffMember> members, @Nullable List<Award> won, @Nullable List<Offer> available) {
        return new MovieDetails(
                id,
                title,
                titleOriginal,
                year,
                duration,
                country,
                ageRating,
                isan,
                budget,
                boxOffice,
                synopsis,
                tags,
                rating,
                ratingCount,
                members,
                won,
                available);
    }
}
