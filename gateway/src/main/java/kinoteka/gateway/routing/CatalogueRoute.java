package kinoteka.gateway.routing;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** The only route of Spring Cloud Gateway. It matches the requests that the allow-list sends to the catalogue. */
@Configuration(proxyBeanMethods = false)
class CatalogueRoute {

    @Bean
    Route catalogue() {
        return Route.async()
                .id("catalogue")
                .uri("http://catalogue") // a placeholder: the upstream client chooses the instance
                .predicate(CatalogueRoute::matches)
                .build();
    }

    @Bean
    RouteLocator routes(Route catalogue) {
        return () -> Flux.just(catalogue);
    }

    static boolean matches(ServerWebExchange exchange) {
        var endpoint = Endpoint.of(exchange);
        return endpoint != null && endpoint.destination() == Destination.CATALOGUE;
    }
}
