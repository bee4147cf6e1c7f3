package kinoteka.catalog.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sends a request, with a token or without. As a controller's parameter it lets everybody in; {@link Member} and
 * {@link Editor} do not, and refuse before a body is read.
 *
 * @param subject whom the token names; null without a token
 * @param customer id of the customer that the token names; null where it names none
 */
public record Caller(@Nullable String subject, @Nullable Long customer, Set<Role> roles) {

    static final Caller ANYBODY = new Caller(null, null, Set.of());

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

    boolean isKnown() {
        return subject != null;
    }

    boolean hasAnyOf(Set<Role> wanted) {
        return roles.stream().anyMatch(wanted::contains);
    }
}
