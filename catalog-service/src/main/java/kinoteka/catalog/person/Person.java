package kinoteka.catalog.person;

import java.time.LocalDate;
import kinoteka.catalog.database.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A person who makes films, as lists show it.
 *
 * @param id positive
 */
record Person(
        long id,
        String firstName,
        @Nullable String midName,
        String lastName,
        String country,
        @Nullable LocalDate birthday) {

    static final String COLUMNS = "id, first_name, mid_name, last_name, country, birthday";

    static Person of(Columns row) {
        return new Person(row.id(), row.text(), row.textOrNull(), row.text(), row.text(), row.dateOrNull());
    }
}
