package kinoteka.catalog.problem;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kinoteka.catalog.disconnect.ClientDisconnect;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Reports the failure of every request as problem details, wherever it failed. */
@Component
@Order(-2) // before Spring Boot's own handler, which is at -1
class ProblemHandler implements WebExceptionHandler {

    private static final String RETRY_AFTER_SECONDS = "1";

    /** RFC 6750, section 3. */
    private static final String CHALLENGE = "Bearer realm=\"kinoteka\"";

    /** A request of a client that has disconnected is cancelled long before. */
    private static final Duration CANCELLATION_TIMEOUT = Duration.ofSeconds(1);

    private final List<ExceptionMapper> mappers;
    private final ProblemLog log;
    private final JsonMapper json;

    ProblemHandler(List<ExceptionMapper> mappers, ProblemLog log, JsonMapper json) {
        this.mappers = List.copyOf(mappers);
        this.log = log;
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        var known = known(failure, exchange.getRequest().getMethod());
        return known.isEmpty() && ClientDisconnect.isCauseOf(failure)
                ? awaitCancellation(exchange, failure)
                : report(exchange, known.orElseGet(ProblemHandler::internal), failure);
    }

    private Optional<ProblemException> known(Throwable failure, HttpMethod method) {
        return failure instanceof ProblemException problem
                ? Optional.of(problem)
                : mappers.stream()
                        .flatMap(mapper -> mapper.map(failure, method).stream())
                        .findFirst();
    }

    private static ProblemException internal() {
        return Problem.INTERNAL.exception("The service failed to process the request. The failure was logged.");
    }

    /**
     * Waits until Reactor Netty cancels the request, as it does for every client that has disconnected. A response that is
     * written before that would fail, and the failure of reading the body would be emitted once more with nobody to handle it.
     * If the request is not cancelled and the client receives a response, the failure was one of another connection.
     */
    private Mono<Void> awaitCancellation(ServerWebExchange exchange, Throwable failure) {
        return Mono.delay(CANCELLATION_TIMEOUT).then(Mono.defer(() -> {
            if (exchange.getResponse().isCommitted()) {
                return Mono.error(new IncompleteResponse());
            }
            var trace = TraceId.of(exchange.getRequest().getHeaders());
            return write(exchange, internal(), trace, failure)
                    .doOnSuccess(written -> log.add(exchange.getRequest(), internal(), trace, failure));
        }));
    }

    private Mono<Void> report(ServerWebExchange exchange, ProblemException exception, Throwable failure) {
        var trace = TraceId.of(exchange.getRequest().getHeaders());
        log.add(exchange.getRequest(), exception, trace, failure);
        return exchange.getResponse().isCommitted()
                ? Mono.error(new IncompleteResponse())
                : write(exchange, exception, trace, failure);
    }

    private Mono<Void> write(ServerWebExchange exchange, ProblemException exception, String trace, Throwable failure) {
        var request = exchange.getRequest();
        var response = exchange.getResponse();
        var problem = exception.problem();
        response.setStatusCode(problem.status());
        response.getHeaders().clear();
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setCacheControl(CacheControl.noStore());
        if (failure instanceof ResponseStatusException known) {
            known.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values)); // Allow, Accept
        }
        switch (problem) {
            case TOKEN_MISSING -> response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
            case TOKEN_INVALID ->
                response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\"");
            default -> {}
        }
        if (problem.isTransient()) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        var body = json.writeValueAsBytes(new ProblemDetails(
                problem.type(),
                problem.title(),
                problem.status().value(),
                exception.detail(),
                request.getPath().value(),
                trace,
                exception.errors()));
        response.getHeaders().setContentLength(body.length);
        if (HttpMethod.HEAD.equals(request.getMethod())) {
            return response.setComplete();
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /**
     * Makes the server close the connection. It has no cause: Spring would take a lost connection to the database for a client
     * that disconnected, and would end the response as if it were complete.
     */
    private static final class IncompleteResponse extends IOException {

        private static final long serialVersionUID = 1;

        IncompleteResponse() {
            super("the response cannot be completed");
        }
    }
}
