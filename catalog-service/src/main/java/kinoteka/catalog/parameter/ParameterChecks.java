package kinoteka.catalog.parameter;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kinoteka.catalog.handler.HandlerCheck;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/** Checks the parameters of every request to the API before Spring binds them to the arguments of a controller's method. */
@Component
@Order(2)
class ParameterChecks implements HandlerCheck {

    /** The pages beside the API are linked to from elsewhere, and links get parameters that no page knows. */
    private static final String API = "/api/";

    private final Map<Method, ParameterCheck> checks = new ConcurrentHashMap<>();

    @Override
    public void check(ServerWebExchange exchange, HandlerMethod handler) {
        var request = exchange.getRequest();
        if (request.getPath().value().startsWith(API) && !request.getMethod().equals(HttpMethod.OPTIONS)) {
            checks.computeIfAbsent(handler.getMethod(), any -> new ParameterCheck(DeclaredParameter.of(handler)))
                    .check(
                            request,
                            exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of()));
        }
    }
}
