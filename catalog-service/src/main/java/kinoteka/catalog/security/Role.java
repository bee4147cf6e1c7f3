package kinoteka.catalog.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token allows, in its claim {@code roles}. */
public enum Role {
    /** Acts as the customer that the token names, and as nobody else. */
    CUSTOMER,
    /** Keeps the catalogue: films, persons, awards, cinemas, vocabularies. */
    EDITOR,
    /** Everything. */
    ADMIN;

    /** Empty for a role of somebody else's. */
    static Optional<Role> of(String claim) {
        return Arrays.stream(values())
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(claim))
                .findFirst();
    }
}
