package kinoteka.gateway.pages;

import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemException;
import kinoteka.gateway.upstream.instance.UpstreamInstances;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The health check for load balancers: 200 while the gateway is ready and an instance of the catalogue is healthy, otherwise 503. */
@Component
class Ping {

    private final ApplicationAvailability availability;
    private final UpstreamInstances catalogue;

    Ping(ApplicationAvailability availability, UpstreamInstances catalogue) {
        this.availability = availability;
        this.catalogue = catalogue;
    }

    Mono<ServerResponse> respond() {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return Mono.error(new ProblemException(Problem.NOT_READY, "The gateway is starting or shutting down."));
        }
        if (!catalogue.isAnyHealthy()) {
            return Mono.error(new ProblemException(
                    Problem.NOT_READY, "No instance of the service behind the gateway is healthy."));
        }
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .bodyValue("pong");
    }
}
