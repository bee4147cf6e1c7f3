package kinoteka.catalog.security;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.catalog.problem.Problem;
import org.jspecify.annotations.Nullable;
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

/** Gives controllers who calls them, or refuses: the types of their parameters are the rules. */
@Component
class CallerArguments implements HandlerMethodArgumentResolver, WebFluxConfigurer {

    private static final Set<Class<?>> TYPES = Set.of(Caller.class, Member.class, Editor.class);
    private static final Predicate<String> CUSTOMER_ID =
            Pattern.compile("[1-9][0-9]{0,17}").asMatchPredicate();

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
        resolvers.addCustomResolver(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return TYPES.contains(parameter.getParameterType());
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext bindings, ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .ofType(JwtAuthenticationToken.class)
                .map(authenticated -> caller(authenticated.getToken()))
                .defaultIfEmpty(Caller.ANYBODY)
                .map(caller -> as(parameter.getParameterType(), caller));
    }

    private static Object as(Class<?> type, Caller caller) {
        if (type.equals(Caller.class)) {
            return caller;
        }
        return type.equals(Editor.class)
                ? new Editor(allowed(caller, Editor.ROLES))
                : new Member(allowed(caller, Member.ROLES));
    }

    private static Caller allowed(Caller caller, Set<Role> roles) {
        if (!caller.isKnown()) {
            throw Problem.TOKEN_MISSING.exception("The request needs a token: Authorization: Bearer …");
        }
        if (!caller.hasAnyOf(roles)) {
            throw Problem.FORBIDDEN.exception("The token has none of the roles that may do this.");
        }
        return caller;
    }

    static Caller caller(Jwt token) {
        var roles = roles(token).flatMap(role -> Role.of(role).stream()).collect(Collectors.toUnmodifiableSet());
        @Nullable String subject = token.getSubject();
        @Nullable
        Long customer = subject != null && roles.contains(Role.CUSTOMER) && CUSTOMER_ID.test(subject)
                ? Long.valueOf(subject)
                : null;
        return new Caller(subject == null ? "" : subject, customer, roles);
    }

    private static Stream<String> roles(Jwt token) {
        return token.getClaim("roles") instanceof List<?> roles
                ? roles.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }
}
