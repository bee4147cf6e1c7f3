package kinoteka.gateway.routing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Finds the endpoint of each request, and rejects requests that are not on the allow-list. Responds to OPTIONS itself. */
@Component
class RoutingFilter implements PublicFilter {

    private final PathTable endpoints = new PathTable(Endpoint.values());

    @Override
    public Stage stage() {
        return Stage.ROUTING;
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var violation = HostHeader.findViolation(
                received.requestHeaders().getAll(HttpHeaderNames.HOST),
                received.version().equals(HttpVersion.HTTP_1_1));
        if (violation != null) { // another server may interpret such a request, and find its end, differently
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
            return ProblemResponse.write(exchange, Problem.REQUEST_TARGET_REFUSED, violation);
        }
        violation = RequestTarget.findViolation(received.uri());
        if (violation != null) {
            return ProblemResponse.write(exchange, Problem.REQUEST_TARGET_REFUSED, violation);
        }
        var endpoint = endpoints.find(RequestTarget.path(RequestTarget.pathAndQuery(received.uri())));
        if (endpoint == null) {
            return ProblemResponse.write(
                    exchange, Problem.ROUTE_UNKNOWN, "The API has no such path. The page at / lists its endpoints.");
        }
        endpoint.assignTo(exchange);
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
