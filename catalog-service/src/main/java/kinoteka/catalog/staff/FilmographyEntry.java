package kinoteka.catalog.staff;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.summary.MovieSummary;
import kinoteka.catalog.summary.TermSummary;
import org.jspecify.annotations.Nullable;

/**
 * The work of a person in a film.
 *
 * @param position the kind of work
 * @param character the name of the character that an actor plays; null for other work
 */
public record FilmographyEntry(
        MovieSummary movie, TermSummary position, @Nullable String character, boolean isLeadRole) {

    static FilmographyEntry of(Columns row) {
        return new FilmographyEntry(MovieSummary.of(row), TermSummary.of(row), row.textOrNull(), row.bool());
    }
}
