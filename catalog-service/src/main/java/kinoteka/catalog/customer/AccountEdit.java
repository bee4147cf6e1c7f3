package kinoteka.catalog.customer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import kinoteka.catalog.validation.Birthday;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an account that its customer may change.
 *
 * @param password a new password
 * @param currentPassword the current password: required together with {@code password}, unless the caller is an administrator;
 *     ignored without it
 */
@JsonIgnoreProperties({"id", "username", "created_at", "last_logon_at"})
record AccountEdit(
        @Email @Size(min = 3, max = 254) String email,
        @NotBlank @Size(max = 128) String name,
        @Size(min = 1, max = 128) @Nullable String midName,
        @NotBlank @Size(max = 128) String surname,
        @Birthday(since = 1901) LocalDate birthday,
        @Size(max = 10_000) @Nullable String bio,
        @Size(min = 10, max = 200) @Nullable String password,
        @Size(max = 200) @Nullable String currentPassword) {

    /** Without the passwords, which no log may contain. */
    @Override
    public String toString() {
        return "AccountEdit[]";
    }
}
