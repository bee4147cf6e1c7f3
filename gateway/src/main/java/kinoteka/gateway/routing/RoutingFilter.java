package kinoteka.gateway.routing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemAnswer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Finds the endpoint of each request, once, and refuses what has none. OPTIONS is answered here. */
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
        var refusal = HostHeader.whyRefused(
                received.requestHeaders().getAll(HttpHeaderNames.HOST),
                received.version().equals(HttpVersion.HTTP_1_1));
        if (refusal != null) { // another server may read such a request, and where it ends, in another way
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
            return ProblemAnswer.write(exchange, Problem.REQUEST_TARGET_REFUSED, refusal);
        }
        refusal = RequestTarget.whyRefused(received.uri());
        if (refusal != null) {
            return ProblemAnswer.write(exchange, Problem.REQUEST_TARGET_REFUSED, refusal);
        }
        var endpoint = endpoints.find(RequestTarget.path(RequestTarget.pathAndQuery(received.uri())));
        if (endpoint == null) {
            return ProblemAnswer.write(
                    exchange, Problem.ROUTE_UNKNOWN, "The API has no such path; the page at / lists what it has.");
        }
        endpoint.assignTo(exchange);
        var method = exchange.getRequest().getMethod();
        if (!endpoint.allows(method)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, endpoint.allow());
            return ProblemAnswer.write(exchange, Problem.METHOD_NOT_ALLOWED, "Allowed here: " + endpoint.allow() + ".");
        }
        if (method.equals(HttpMethod.OPTIONS)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, endpoint.allow());
            exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
            return exchange.getResponse().setComplete();
        }
        return chain.filter(exchange);
    }
}
