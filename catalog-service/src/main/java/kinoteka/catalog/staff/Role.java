package kinoteka.catalog.staff;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.heading.MovieHeading;
import kinoteka.catalog.heading.TermHeading;
import org.jspecify.annotations.Nullable;

/**
 * A person's work in one of their films.
 *
 * @param character who was played; null for other work
 */
public record Role(
        MovieHeading movie, TermHeading position, @Nullable String character, boolean isLeadRole) {

    static Role of(Columns row) {
        return new Role(MovieHeading.of(row), TermHeading.of(row), row.textOrNull(), row.bool());
    }
}
