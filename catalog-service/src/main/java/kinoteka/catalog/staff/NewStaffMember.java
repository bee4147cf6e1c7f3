package kinoteka.catalog.staff;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A new staff member of a film.
 *
 * @param positionId the kind of work
 * @param character the name of the character that an actor plays; null for other work
 * @param isLeadRole false if absent
 */
record NewStaffMember(
        @Positive long personId,
        @Positive long positionId,
        @Size(min = 1, max = 128) @Nullable String character,
        Boolean isLeadRole) {

    NewStaffMember(long personId, long positionId, @Nullable String character, @Nullable Boolean isLeadRole) {
        this.personId = personId;
        this.positionId = positionId;
        this.character = character;
        this.isLeadRole = isLeadRole != null && isLeadRole;
    }
}
