package kinoteka.catalog.security;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import kinoteka.catalog.problem.Problem;

/** A caller whose token has one of our roles. */
public record Member(Caller caller) {

    static final Set<Role> ROLES = Set.of(Role.values());

    /** The {@code sub} of the token. */
    public String subject() {
        return requireNonNull(caller.subject());
    }

    /** Id of the customer that the caller is; fails with 403 if the caller is none. */
    public long customer() {
        var customer = caller.customer();
        if (customer == null) {
            throw Problem.FORBIDDEN.exception("The token is not a customer's.");
        }
        return customer;
    }

    /** Whether the token names this customer, whatever the roles of the token. */
    public boolean is(long customer) {
        return caller.is(customer);
    }

    /** Whether this is that customer, or an administrator. */
    public boolean mayActFor(long customer) {
        return caller.mayActFor(customer);
    }

    /** Whether this is an administrator. */
    public boolean isAdmin() {
        return caller.hasAnyOf(Set.of(Role.ADMIN));
    }

    /** Whether this is an editor or an administrator. */
    public boolean isEditor() {
        return caller.hasAnyOf(Editor.ROLES);
    }

    /**
     * Fails with 403 unless the caller is that customer or an administrator. It makes no difference whether there is such a
     * customer.
     */
    public void requireCustomer(long customer) {
        if (!mayActFor(customer)) {
            throw Problem.FORBIDDEN.exception("The token is not that customer's.");
        }
    }
}
