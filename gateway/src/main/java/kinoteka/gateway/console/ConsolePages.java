package kinoteka.gateway.console;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The routes of the console. Spring offers the routes of an application on all of its ports; these match on the operators' port only.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "kinoteka.gateway.console.enabled", matchIfMissing = true)
class ConsolePages {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    RecentRequests recentRequests() {
        return new RecentRequests(System::nanoTime);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE) // before the public pages, which have the same path
    RouterFunction<ServerResponse> console(PrometheusRegistry registry, RecentRequests recent) {
        var live = new LiveSnapshots(new MetricsReader(registry), recent);
        return RouterFunctions.route(get("/"), request -> file("index.html", "text/html"))
                .andRoute(get("/console.css"), request -> file("console.css", "text/css"))
                .andRoute(get("/console.js"), request -> file("console.js", "text/javascript"))
                .andRoute(get("/console/events"), request -> events(live));
    }

    private static RequestPredicate get(String path) {
        return RequestPredicates.GET(path).and(ConsolePages::isForOperators);
    }

    private static boolean isForOperators(ServerRequest request) {
        return WebServerApplicationContext.hasServerNamespace(request.exchange().getApplicationContext(), "management");
    }

    private static Mono<ServerResponse> file(String name, String type) {
        return ServerResponse.ok()
                .header("Content-Type", type + ";charset=UTF-8")
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-cache")
                .bodyValue(new ClassPathResource("console/" + name));
    }

    private static Mono<ServerResponse> events(LiveSnapshots live) {
        return ServerResponse.ok()
                .header("Cache-Control", "no-store")
                .body(BodyInserters.fromServerSentEvents(live.stream()));
    }
}
