package kinoteka.gateway.routing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import kinoteka.gateway.DirectExchange;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Finds the endpoint of each request. {@link AllowListFilter} rejects requests that have none, after the limits on the requests of a
 * client, which apply to these requests, too.
 */
@Component
class RoutingFilter implements PublicFilter {

    private static final String VIOLATION = RoutingFilter.class.getName() + ".violation";

    @Override
    public Stage stage() {
        return Stage.ROUTING;
    }

    @Override
    public DirectStage direct() {
        return new DirectStage() {

            @Override
            public boolean admits(DirectExchange exchange) {
                var hosts = exchange.request().headers().getAll(HttpHeaderNames.HOST);
                return HostHeader.findViolation(hosts, true) == null
                        && RequestTarget.findViolation(exchange.request().uri()) == null;
            }
        };
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var violation = HostHeader.findViolation(
                received.requestHeaders().getAll(HttpHeaderNames.HOST),
                received.version().equals(HttpVersion.HTTP_1_1));
        if (violation != null) { // another server may interpret such a request, and find its end, differently
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        } else {
            violation = RequestTarget.findViolation(received.uri());
        }
        if (violation != null) {
            exchange.getAttributes().put(VIOLATION, violation);
            return chain.filter(exchange);
        }
        var endpoint = Endpoint.find(RequestTarget.pathAndQuery(received.uri()));
        if (endpoint != null) {
            endpoint.assignTo(exchange);
        }
        return chain.filter(exchange);
    }

    /** Returns the reason why the host or the target of a request is not valid, as a sentence for the client; null if they are valid. */
    static @Nullable String findViolation(ServerWebExchange exchange) {
        return exchange.getAttribute(VIOLATION);
    }
}
