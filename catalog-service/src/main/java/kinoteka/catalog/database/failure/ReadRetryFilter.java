package kinoteka.catalog.database.failure;

import kinoteka.catalog.database.pool.ServerRetry;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Repeats a read whose server was lost, as long as nothing of its response was sent. Writes are repeated with their transaction,
 * because the body of a request can be read only once.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2) // inside database.request.DisconnectFilter, which follows the connections
class ReadRetryFilter implements WebFilter {

    private final ServerRetry retry;

    ReadRetryFilter(ServerRetry retry) {
        this.retry = retry;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var method = exchange.getRequest().getMethod();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)
                ? read(exchange, chain)
                : chain.filter(exchange);
    }

    private Mono<Void> read(ServerWebExchange exchange, WebFilterChain chain) {
        var response = exchange.getResponse();
        var initial = HttpHeaders.copyOf(response.getHeaders());
        return retry.retry(Mono.defer(() -> chain.filter(exchange)), () -> {
            if (response.isCommitted()) {
                return false;
            }
            response.getHeaders().clear();
            response.getHeaders().addAll(initial);
            return true;
        });
    }
}
