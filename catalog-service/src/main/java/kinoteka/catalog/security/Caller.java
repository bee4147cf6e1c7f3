package kinoteka.catalog.security;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The sender of a request, with a token or without. As a parameter of a handler it admits everybody; {@link Member} and
 * {@link Editor} do not, and reject the others before the body is read.
 *
 * @param subject the {@code sub} of the token; null without a token
 * @param customer id of the customer as whom the token allows to act; null if it allows that as none
 */
public record Caller(@Nullable String subject, @Nullable Long customer, Set<Role> roles) {

    static final Caller ANONYMOUS = new Caller(null, null, Set.of());

    /** At most 18 digits, which always fit into 64 bits. */
    private static final Predicate<String> CUSTOMER_ID =
            Pattern.compile("[1-9][0-9]{0,17}").asMatchPredicate();

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** The subject of an editor may look like a customer's id; only the role makes it one. */
    static Caller of(Jwt token) {
        var roles = roles(token).flatMap(role -> Role.of(role).stream()).collect(Collectors.toUnmodifiableSet());
        var subject = token.getSubject();
        var customer = roles.contains(Role.CUSTOMER) && CUSTOMER_ID.test(subject) ? Long.valueOf(subject) : null;
        return new Caller(subject, customer, roles);
    }

    private static Stream<String> roles(Jwt token) {
        return token.getClaim("roles") instanceof List<?> roles
                ? roles.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
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
