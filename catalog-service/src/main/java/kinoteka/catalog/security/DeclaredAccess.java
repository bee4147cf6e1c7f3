package kinoteka.catalog.security;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import kinoteka.catalog.problem.Problem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Refuses to start with a handler that does not declare who may call it, and answers 404 for one that was registered later, so
 * that forgetting the declaration never makes a handler public.
 */
@Component
class DeclaredAccess implements SmartInitializingSingleton, WebFluxRegistrations {

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    DeclaredAccess(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var undeclared = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                .filter(handler -> Access.declaredBy(handler).isEmpty())
                .map(HandlerMethod::getShortLogMessage)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!undeclared.isEmpty()) {
            throw new IllegalStateException(
                    "access to " + undeclared + ": not declared"
                            + " (expected: one parameter of type Caller, Member or Editor, or @Public, or a read in @PublicReads)");
        }
    }

    @Override
    public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new DeclaredHandlers();
    }

    private static final class DeclaredHandlers extends RequestMappingHandlerAdapter {

        private final Map<Declaration, Boolean> known = new ConcurrentHashMap<>();

        private record Declaration(Class<?> controller, Method method) {}

        @Override
        public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
            return mayBeCalled((HandlerMethod) handler, exchange.getRequest().getMethod())
                    ? super.handle(exchange, handler)
                    : Mono.error(() -> Problem.RESOURCE_NOT_FOUND.exception("Nothing is served at this path."));
        }

        /** OPTIONS is answered by Spring itself, which has no declarations; it only says which methods there are. */
        private boolean mayBeCalled(HandlerMethod handler, HttpMethod method) {
            return known.computeIfAbsent(
                            new Declaration(handler.getBeanType(), handler.getMethod()),
                            declaration -> Access.declaredBy(handler).isPresent())
                    || method.equals(HttpMethod.OPTIONS);
        }
    }
}
