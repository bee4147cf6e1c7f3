package kinoteka.gateway.pages;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import kinoteka.gateway.routing.Endpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The routes of the endpoints that the gateway serves itself. The package {@code routing} has already checked their methods. */
@Configuration(proxyBeanMethods = false)
class Pages {

    @Bean
    RouterFunction<ServerResponse> ownPages(LandingPage landing, Ping ping) {
        return RouterFunctions.route(path(Endpoint.LANDING.pattern()), request -> landing.respond(origin(request)))
                .andRoute(path(Endpoint.PING.pattern()), request -> ping.respond());
    }

    private static String origin(ServerRequest request) {
        return request.uri().getScheme() + "://" + request.uri().getRawAuthority();
    }
}
