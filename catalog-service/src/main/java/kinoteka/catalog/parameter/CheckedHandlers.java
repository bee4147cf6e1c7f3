package kinoteka.catalog.parameter;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Checks the parameters of every request to the API before Spring binds them to the arguments of a controller's method. */
@Component
class CheckedHandlers implements WebFluxRegistrations {

    /** The pages beside the API are linked to from elsewhere, and links get parameters that no page knows. */
    private static final String API = "/api/";

    @Override
    public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new Adapter();
    }

    private static final class Adapter extends RequestMappingHandlerAdapter {

        private final Map<Method, ParameterCheck> checks = new ConcurrentHashMap<>();

        @Override
        public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
            var request = exchange.getRequest();
            if (handler instanceof HandlerMethod method
                    && request.getPath().value().startsWith(API)
                    && !request.getMethod().equals(HttpMethod.OPTIONS)) {
                checks.computeIfAbsent(method.getMethod(), any -> new ParameterCheck(DeclaredParameter.of(method)))
                        .check(
                                request,
                                exchange.getAttributeOrDefault(
                                        HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of()));
            }
            return super.handle(exchange, handler);
        }
    }
}
