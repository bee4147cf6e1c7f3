package kinoteka.catalog.security;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.catalog.problem.Problem;
import org.springframework.core.MethodParameter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gives handlers their {@link Caller}, {@link Member} or {@link Editor}. Fails with 401 or 403 if the sender of the request is
 * not what the type of the parameter requires.
 */
@Component
class CallerArgumentResolver implements HandlerMethodArgumentResolver, WebFluxConfigurer {

    /** At most 18 digits, which always fit into 64 bits. */
    private static final Predicate<String> CUSTOMER_ID =
            Pattern.compile("[1-9][0-9]{0,17}").asMatchPredicate();

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
        resolvers.addCustomResolver(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Access.isDeclaredBy(parameter);
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext bindings, ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .ofType(JwtAuthenticationToken.class)
                .map(authenticated -> caller(authenticated.getToken()))
                .defaultIfEmpty(Caller.ANONYMOUS)
                .map(caller -> as(parameter.getParameterType(), caller));
    }

    private static Object as(Class<?> type, Caller caller) {
        if (type.equals(Caller.class)) {
            return caller;
        }
        return type.equals(Editor.class)
                ? new Editor(requireAnyOf(Editor.ROLES, caller))
                : new Member(requireAnyOf(Member.ROLES, caller));
    }

    private static Caller requireAnyOf(Set<Role> roles, Caller caller) {
        if (!caller.hasToken()) {
            throw Problem.TOKEN_MISSING.exception("The request needs a token: Authorization: Bearer …");
        }
        if (!caller.hasAnyOf(roles)) {
            throw Problem.FORBIDDEN.exception("The token has none of the roles that may do this.");
        }
        return caller;
    }

    /** The subject of an editor may look like a customer's id; only the role makes it one. */
    private static Caller caller(Jwt token) {
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
}
