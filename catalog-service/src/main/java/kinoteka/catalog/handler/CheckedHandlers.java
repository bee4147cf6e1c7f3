package kinoteka.catalog.handler;

import java.util.List;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Finds handlers by {@link SegmentedHandlers}, and calls every check in its order before them. */
@Component
class CheckedHandlers implements WebFluxRegistrations {

    private final List<HandlerCheck> checks;

    CheckedHandlers(List<HandlerCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new SegmentedHandlers();
    }

    @Override
    public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new Adapter(checks);
    }

    private static final class Adapter extends RequestMappingHandlerAdapter {

        private final List<HandlerCheck> checks;

        Adapter(List<HandlerCheck> checks) {
            this.checks = checks;
        }

        @Override
        public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
            return Mono.defer(() -> {
                checks.forEach(check -> check.check(exchange, (HandlerMethod) handler));
                return super.handle(exchange, handler);
            });
        }
    }
}
