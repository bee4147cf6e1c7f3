package kinoteka.gateway.routing;

import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives requests for the catalogue to Spring Cloud Gateway's filters, with the catalogue's route. {@link RoutingFilter} has found the
 * endpoint already: looking for a handler among all mappings and for a route among all routes would cost a tenth of the request.
 */
@Component
class CatalogueFilter implements PublicFilter {

    private final FilteringWebHandler gateway;
    private final Route catalogue;

    CatalogueFilter(FilteringWebHandler gateway, Route catalogue) {
        this.gateway = gateway;
        this.catalogue = catalogue;
    }

    @Override
    public Stage stage() {
        return Stage.CATALOGUE;
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        if (!CatalogueRoute.matches(exchange)) {
            return chain.filter(exchange);
        }
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR, catalogue);
        return gateway.handle(exchange);
    }
}
