package kinoteka.catalog.staff;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.summary.MovieSummary;
import kinoteka.catalog.summary.TermSummary;
import org.jspecify.annotations.Nullable;

/**
 * A person's work in one of their films.
 *
 * @param character who was played; null for other work
 */
public record Role(
        MovieSummary movie, TermSummary position, @Nullable String character, boolean isLeadRole) {

    static Role of(Columns row) {
        return new Role(MovieSummary.of(row), TermSummary.of(row), row.textOrNull(), row.bool());
    }
}
