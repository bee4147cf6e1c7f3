package kinoteka.catalog.customer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a customer may change of their account.
 *
 * @param password a new one; null where it stays
 */
@JsonIgnoreProperties({"id", "username", "created_at", "last_logon_at"})
record AccountEdit(
        @Email @Size(min = 3, max = 254) String email,
        @NotBlank @Size(max = 128) String name,
        @Size(min = 1, max = 128) @Nullable String midName,
        @NotBlank @Size(max = 128) String surname,
        @Past @BornAfter1900 LocalDate birthday,
        @Size(max = 10_000) @Nullable String bio,
        @Size(min = 10, max = 200) @Nullable String password) {

    /** The same with the hash of the new password in its place. */
    AccountEdit withPassword(String hash) {
        return new AccountEdit(email, name, midName, surname, birthday, bio, hash);
    }

    /** Without the password, which no log may show. */
    @Override
    public String toString() {
        return "AccountEdit[]";
    }
}
