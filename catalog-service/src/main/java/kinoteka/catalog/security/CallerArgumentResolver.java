package kinoteka.catalog.security;

import java.util.Set;
import kinoteka.catalog.problem.Problem;
import org.springframework.core.MethodParameter;
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
                .map(authenticated -> Caller.of(authenticated.getToken()))
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
}
