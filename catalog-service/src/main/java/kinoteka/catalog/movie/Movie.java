package kinoteka.catalog.movie;

import java.math.BigDecimal;
import kinoteka.catalog.database.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A film or a series, as lists show it.
 *
 * @param id positive
 * @param title in the language of the catalogue
 * @param year of release
 * @param duration in minutes; 0 if unknown
 * @param rating average of the customers' stars, 1..5 with two decimal places; null if nobody has rated it
 * @param ratingCount number of ratings
 */
record Movie(
        long id,
        String title,
        @Nullable String titleOriginal,
        int year,
        int duration,
        @Nullable String country,
        @Nullable String ageRating,
        @Nullable BigDecimal rating,
        int ratingCount) {

    static final String COLUMNS =
            "id, title, title_original, year, duration_minutes, country, age_rating, rating, rating_count";

    static Movie of(Columns row) {
        return new Movie(
                row.id(),
                row.text(),
                row.textOrNull(),
                row.integer(),
                row.integer(),
                row.textOrNull(),
                row.textOrNull(),
                row.decimalOrNull(),
                row.integer());
    }
}
