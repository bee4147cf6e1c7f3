package kinoteka.catalog.customer;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import kinoteka.catalog.validation.Birthday;
import org.jspecify.annotations.Nullable;

/**
 * The registration of a customer.
 *
 * @param username unique, also among closed accounts; it cannot be changed later
 * @param email unique
 * @param password 10 to 200 characters; only its hash is stored
 * @param bio a text by the customer about themselves
 */
record NewCustomer(
        @NotBlank @Size(max = 64) String username,
        @Email @Size(min = 3, max = 254) String email,
        @Size(min = 10, max = 200) String password,
        @NotBlank @Size(max = 128) String name,
        @Size(min = 1, max = 128) @Nullable String midName,
        @NotBlank @Size(max = 128) String surname,
        @Birthday(since = 1901) LocalDate birthday,
        @Size(max = 10_000) @Nullable String bio) {

    /** Without the password, which no log may contain. */
    @Override
    public String toString() {
        return "NewCustomer[username=" + username + "]";
    }
}
