package kinoteka.catalog.staff;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.summary.PersonSummary;
import kinoteka.catalog.summary.TermSummary;
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
        PersonSummary person,
        TermSummary position,
        @Nullable String character,
        boolean isLeadRole) {

    static StaffMember of(Columns row) {
        return new StaffMember(row.id(), PersonSummary.of(row), TermSummary.of(row), row.textOrNull(), row.bool());
    }
}
