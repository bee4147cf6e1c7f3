package kinoteka.catalog.person;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import kinoteka.catalog.award.Award;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import kinoteka.catalog.staff.FilmographyEntry;
import org.jspecify.annotations.Nullable;

/**
 * A person who makes films, with all fields.
 *
 * @param id positive
 * @param filmography absent unless {@code include} lists it
 * @param awards absent unless {@code include} lists it
 */
record PersonDetails(
        long id,
        String firstName,
        @Nullable String midName,
        String lastName,
        String country,
        @Nullable LocalDate birthday,
        @Nullable String bio,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<FilmographyEntry> filmography,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Award> awards)
        implements Editable<PersonEdit> {

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

    @Override
    public PersonEdit editableFields() {
        return new PersonEdit(firstName, midName, lastName, country, birthday, bio);
    }

    /** Returns the same person with included lists; null leaves a list out. */
    PersonDetails with(@Nullable List<FilmographyEntry> roles, @Nullable List<Award> won) {
        return new PersonDetails(id, firstName, midName, lastName, country, birthday, bio, roles, won);
    }
}
