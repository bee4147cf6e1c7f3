package kinoteka.catalog.customer;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import org.jspecify.annotations.Nullable;

/**
 * A customer's account. The public profile is {@code id}, {@code username}, {@code bio} and {@code created_at}; only the customer
 * and administrators see the other fields.
 *
 * @param id positive
 * @param username unique, also among closed accounts
 * @param bio a text by the customer about themselves
 * @param createdAt time of the registration
 * @param email private, like all the following fields
 * @param midName the patronymic or another middle name; null if the customer has none
 * @param lastLogonAt null before the first login
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

    /** Null for a public profile, so that its entity tag reveals nothing about the private fields. */
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
                        null,
                        null);
    }

    /** The public profile. */
    Account profile() {
        return new Account(id, username, bio, createdAt, null, null, null, null, null, null);
    }
}
