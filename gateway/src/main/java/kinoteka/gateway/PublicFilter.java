package kinoteka.gateway;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A web filter that is active on the public ports only. Spring also runs every web filter of an application on the operators' port, where
 * these filters pass all requests on unchanged.
 */
public interface PublicFilter extends WebFilter, Ordered {

    /** The stage at which this filter runs. */
    Stage stage();

    /** What this stage does with a request that is answered from memory without the filters. */
    DirectStage direct();

    /** Filters a request that arrived on a public port. */
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
