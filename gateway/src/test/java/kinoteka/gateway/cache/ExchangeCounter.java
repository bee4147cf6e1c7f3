package kinoteka.gateway.cache;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Counts the requests of the API that become exchanges. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ExchangeCounter implements WebFilter {

    private final AtomicInteger exchanges = new AtomicInteger();

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest().getPath().value().startsWith("/api/")) {
            exchanges.incrementAndGet();
        }
        return chain.filter(exchange);
    }

    int count() {
        return exchanges.get();
    }

    void reset() {
        exchanges.set(0);
    }
}
