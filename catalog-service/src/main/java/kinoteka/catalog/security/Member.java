package kinoteka.catalog.security;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import kinoteka.catalog.problem.Problem;

/** A caller whose token has one of our roles. */
public record Member(Caller caller) {

    static final Set<Role> ROLES = Set.of(Role.values());

    /** Whom the token names. */
    public String subject() {
        return requireNonNull(caller.subject());
    }

    /** The customer that the caller is; refuses who is none. */
    public long customer() {
        var customer = caller.customer();
        if (customer == null) {
            throw Problem.FORBIDDEN.exception("The token names no customer.");
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

    /** Whether this is who keeps the catalogue: an editor or an administrator. */
    public boolean isEditor() {
        return caller.hasAnyOf(Editor.ROLES);
    }

    /** Refuses who is neither that customer nor an administrator, whether there is such a customer or not. */
    public void requireCustomer(long customer) {
        if (!mayActFor(customer)) {
            throw Problem.FORBIDDEN.exception("The token is not that customer's.");
        }
    }
}
