package kinoteka.catalog.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request, with a token or without. As a parameter of a handler it admits everybody; {@link Member} and
 * {@link Editor} do not, and reject the others before the body is read.
 *
 * @param subject the {@code sub} of the token; null without a token
 * @param customer id of the customer as whom the token allows to act; null if it allows that as none
 */
public record Caller(@Nullable String subject, @Nullable Long customer, Set<Role> roles) {

    static final Caller ANONYMOUS = new Caller(null, null, Set.of());

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether this is that customer, or an administrator. */
    public boolean mayActFor(long customer) {
        return roles.contains(Role.ADMIN) || is(customer);
    }

    boolean is(long id) {
        return customer != null && customer == id;
    }

    boolean hasToken() {
        return subject != null;
    }

    boolean hasAnyOf(Set<Role> wanted) {
        return roles.stream().anyMatch(wanted::contains);
    }
}
