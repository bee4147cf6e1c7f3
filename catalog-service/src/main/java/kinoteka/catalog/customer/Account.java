package kinoteka.catalog.customer;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import org.jspecify.annotations.Nullable;

/**
 * A customer's public profile, and with it, for that customer and for administrators, what is personal.
 *
 * @param id positive
 * @param username unique
 * @param bio what the customer tells of themselves
 * @param createdAt when the account was opened
 * @param email private, like the following fields
 * @param midName the patronymic or another middle name; null if the customer has none
 * @param lastLogonAt null before the first time
 */
record Account(
        long id,
        String username,
        @Nullable String bio,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String email,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String midName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String surname,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate birthday,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant lastLogonAt)
        implements Editable<AccountEdit> {

    static final String COLUMNS =
            "id, username, bio, created_at, email, name, mid_name, surname, birthday, last_logon_at";

    static Account of(Columns row) {
        return new Account(
                row.id(),
                row.text(),
                row.textOrNull(),
                row.instant(),
                row.text(),
                row.text(),
                row.textOrNull(),
                row.text(),
                row.date(),
                row.instantOrNull());
    }

    /** Null for a public profile, so that its entity tag reveals nothing about the personal fields. */
    @Override
    public @Nullable AccountEdit editableFields() {
        return email == null
                ? null
                : new AccountEdit(
                        email,
                        requireNonNull(name),
                        midName,
                        requireNonNull(surname),
                        requireNonNull(birthday),
                        bio,
                        null);
    }

    /** What everybody may see of it. */
    Account profile() {
        return new Account(id, username, bio, createdAt, null, null, null, null, null, null);
    }
}
