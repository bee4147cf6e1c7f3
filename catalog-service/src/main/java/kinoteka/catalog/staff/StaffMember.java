package kinoteka.catalog.staff;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import kinoteka.catalog.summary.PersonSummary;
import kinoteka.catalog.summary.TermSummary;
import org.jspecify.annotations.Nullable;

/**
 * A staff member of a film: a person and the kind of work.
 *
 * @param id positive
 * @param position the kind of work
 * @param character the name of the character that an actor plays; null for other work
 */
public record StaffMember(
        long id,
        PersonSummary person,
        TermSummary position,
        @Nullable String character,
        boolean isLeadRole) implements Editable<NewStaffMember> {

    static StaffMember of(Columns row) {
        return new StaffMember(row.id(), PersonSummary.of(row), TermSummary.of(row), row.textOrNull(), row.bool());
    }

    @Override
    public NewStaffMember editableFields() {
        return new NewStaffMember(person.id(), position.id(), character, isLeadRole);
    }
}
