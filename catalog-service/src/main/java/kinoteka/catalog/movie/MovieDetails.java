package kinoteka.catalog.movie;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import kinoteka.catalog.award.Award;
import kinoteka.catalog.cinema.Offer;
import kinoteka.catalog.representation.Editable;
import kinoteka.catalog.staff.StaffMember;
import org.jspecify.annotations.Nullable;

/**
 * A film or a series with all its fields.
 *
 * @param id positive
 * @param title in the language of the catalogue
 * @param year of release
 * @param duration in minutes; 0 if unknown
 * @param isan International Standard Audiovisual Number (ISO 15706)
 * @param budget in roubles
 * @param boxOffice in roubles
 * @param tags titles, in alphabetical order
 * @param rating average of the customers' stars, 1..5 with two decimal places; null if nobody has rated it
 * @param ratingCount number of ratings
 * @param staff absent unless {@code include} lists it
 * @param awards absent unless {@code include} lists it
 * @param offers absent unless {@code include} lists it
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Offer> offers)
        implements Editable<MovieEdit> {

    @Override
    public MovieEdit editableFields() {
        return new MovieEdit(
                title, titleOriginal, year, duration, country, ageRating, isan, budget, boxOffice, synopsis, tags);
    }

    /** Returns the same film with included lists; null leaves a list out. */
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
