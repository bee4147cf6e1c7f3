package kinoteka.catalog.customer;

import java.util.List;
import kinoteka.catalog.client.Client;
import kinoteka.catalog.password.Passwords;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.ProblemException;
import kinoteka.catalog.security.Member;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Decides who may change a password: the customer, with the current password, and administrators. With a stolen token alone
 * nobody can take over an account.
 */
@Component
class PasswordChanges {

    private final Customers customers;
    private final Passwords passwords;

    PasswordChanges(Customers customers, Passwords passwords) {
        this.customers = customers;
        this.passwords = passwords;
    }

    /** Verifies the current password and hashes the new one, without holding a connection or a lock. */
    Mono<PasswordChange> prepare(Member member, Client client, long customer, AccountEdit edit) {
        var password = edit.password();
        if (password == null) {
            return Mono.just(PasswordChange.NONE);
        }
        if (member.isAdmin()) {
            return passwords.hash(password, client).map(hash -> new PasswordChange(hash, null));
        }
        var current = edit.currentPassword();
        if (current == null) {
            return Mono.error(missing());
        }
        return customers
                .passwordHash(customer)
                .switchIfEmpty(Mono.error(PasswordChanges::none))
                .flatMap(currentHash -> passwords
                        .verifyAndHash(current, currentHash, password, client)
                        .map(hash -> new PasswordChange(hash, currentHash))
                        .switchIfEmpty(Mono.error(PasswordChanges::wrong)));
    }

    /** The current password is not, or no longer, the one that the request contains. */
    static ProblemException wrong() {
        return Problem.FORBIDDEN.exception(
                "The current password is wrong.",
                List.of(new InvalidField("current_password", "expected: the current password of the account")));
    }

    private static ProblemException missing() {
        return Problem.BODY_INVALID.exception(
                "Fields of the body are not valid.",
                List.of(new InvalidField("current_password", "expected together with a new password")));
    }

    private static ProblemException none() {
        return Problem.FORBIDDEN.exception(
                "The account has no password; an administrator can set one.",
                List.of(new InvalidField("password", "expected: none, or an administrator's token")));
    }
}
