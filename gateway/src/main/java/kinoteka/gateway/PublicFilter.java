package kinoteka.gateway;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A web filter of the public port. Spring runs every web filter of an application on the operators' port too; there
 * these stand aside.
 */
public interface PublicFilter extends WebFilter, Ordered {

    /** The place of this filter among the others. */
    Stage stage();

    /** What this filter does on the public port. */
    Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain);

    @Override
    default int getOrder() {
        return stage().getOrder();
    }

    @Override
    default Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management")
                ? chain.filter(exchange)
                : filterPublic(exchange, chain);
    }
}
