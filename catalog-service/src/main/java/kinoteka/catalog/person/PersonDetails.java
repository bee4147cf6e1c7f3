package kinoteka.catalog.person;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import kinoteka.catalog.award.Award;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.staff.Role;
import org.jspecify.annotations.Nullable;

/**
 * All of a person.
 *
 * @param filmography absent unless it was asked for, as are awards
 */
record PersonDetails(
        long id,
        String firstName,
        @Nullable String midName,
        String lastName,
        String country,
        @Nullable LocalDate birthday,
        @Nullable String bio,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Role> filmography,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Award> awards) {

    static final String COLUMNS = Person.COLUMNS + ", bio";

    static PersonDetails of(Columns row) {
        return new PersonDetails(
                row.id(),
                row.text(),
                row.textOrNull(),
                row.text(),
                row.text(),
                row.dateOrNull(),
                row.textOrNull(),
                null,
                null);
    }

    PersonEdit edit() {
        return new PersonEdit(firstName, midName, lastName, country, birthday, bio);
    }

    /** The same person with what was asked for besides. */
    PersonDetails with(@Nullable List<Role> roles, @Nullable List<Award> won) {
        return new PersonDetails(id, firstName, midName, lastName, country, birthday, bio, roles, won);
    }
}
