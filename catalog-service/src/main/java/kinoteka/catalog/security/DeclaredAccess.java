package kinoteka.catalog.security;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import kinoteka.catalog.handler.HandlerCheck;
import kinoteka.catalog.problem.Problem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Stops the start for a handler that does not declare who may call it, and returns 404 for one that was registered later, so
 * that forgetting the declaration never makes a handler public.
 */
@Component
@Order(1)
class DeclaredAccess implements SmartInitializingSingleton, HandlerCheck {

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final Map<Declaration, Boolean> known = new ConcurrentHashMap<>();

    private record Declaration(Class<?> controller, Method method) {}

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

    /** OPTIONS is answered by Spring itself, which has no declarations; it only says which methods there are. */
    @Override
    public void check(ServerWebExchange exchange, HandlerMethod handler) {
        var isDeclared = known.computeIfAbsent(
                new Declaration(handler.getBeanType(), handler.getMethod()),
                declaration -> Access.declaredBy(handler).isPresent());
        if (!isDeclared && !exchange.getRequest().getMethod().equals(HttpMethod.OPTIONS)) {
            throw Problem.RESOURCE_NOT_FOUND.exception("Nothing is served at this path.");
        }
    }
}
