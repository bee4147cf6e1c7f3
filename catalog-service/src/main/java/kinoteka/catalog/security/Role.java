package kinoteka.catalog.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token allows, in its claim {@code roles}. */
public enum Role {
    /** Acts as the customer that the token names, and as nobody else. */
    CUSTOMER,
    /** Edits the catalogue: films, persons, awards, cinemas, vocabularies. */
    EDITOR,
    /** May do everything. */
    ADMIN;

    /** Empty for a role that is not one of ours; upper and lower case differ. */
    static Optional<Role> of(String claim) {
        return Arrays.stream(values())
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(claim))
                .findFirst();
    }
}
