package kinoteka.gateway.routing;

import kinoteka.gateway.DirectExchange;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Rejects requests that are not on the allow-list. Responds to OPTIONS itself. */
@Component
class AllowListFilter implements PublicFilter {

    @Override
    public Stage stage() {
        return Stage.ALLOW_LIST;
    }

    @Override
    public DirectStage direct() {
        return new DirectStage() {

            @Override
            public boolean admits(DirectExchange exchange) {
                return exchange.endpoint().allows(HttpMethod.GET);
            }
        };
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        var violation = RoutingFilter.findViolation(exchange);
        if (violation != null) {
            return ProblemResponse.write(exchange, Problem.REQUEST_TARGET_REFUSED, violation);
        }
        var endpoint = Endpoint.of(exchange);
        if (endpoint == null) {
            return ProblemResponse.write(
                    exchange, Problem.ROUTE_UNKNOWN, "The API has no such path. The page at / lists its endpoints.");
        }
        var method = exchange.getRequest().getMethod();
        if (!endpoint.allows(method)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, endpoint.allow());
            return ProblemResponse.write(
                    exchange, Problem.METHOD_NOT_ALLOWED, "Allowed methods: " + endpoint.allow() + ".");
        }
        if (method.equals(HttpMethod.OPTIONS)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, endpoint.allow());
            exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
            return exchange.getResponse().setComplete();
        }
        return chain.filter(exchange);
    }
}
