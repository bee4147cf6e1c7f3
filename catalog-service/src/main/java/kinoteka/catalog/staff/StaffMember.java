package kinoteka.catalog.staff;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.heading.PersonHeading;
import kinoteka.catalog.heading.TermHeading;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's work in a film.
 *
 * @param id positive
 * @param position what the work was
 * @param character who was played; null for other work
 */
public record StaffMember(
        long id,
        PersonHeading person,
        TermHeading position,
        @Nullable String character,
        boolean isLeadRole) {

    static StaffMember of(Columns row) {
        return new StaffMember(row.id(), PersonHeading.of(row), TermHeading.of(row), row.textOrNull(), row.bool());
    }
}
