package kinoteka.catalog.customer;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an account.
 *
 * @param password is kept as a hash only
 */
record NewCustomer(
        @NotBlank @Size(max = 64) String username,
        @Email @Size(min = 3, max = 254) String email,
        @Size(min = 10, max = 200) String password,
        @NotBlank @Size(max = 128) String name,
        @Size(min = 1, max = 128) @Nullable String midName,
        @NotBlank @Size(max = 128) String surname,
        @Past @BornAfter1900 LocalDate birthday,
        @Size(max = 10_000) @Nullable String bio) {

    /** Without the password, which no log may show. */
    @Override
    public String toString() {
        return "NewCustomer[username=" + username + "]";
    }
}
