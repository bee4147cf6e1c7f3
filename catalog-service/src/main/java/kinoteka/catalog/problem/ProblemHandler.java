package kinoteka.catalog.problem;

import kinoteka.catalog.database.ConnectionRetirement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers every failed request with problem details, whoever failed it. */
@Component
@Order(-2) // before Spring Boot's own handler, which is at -1
class ProblemHandler implements WebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    /** RFC 6750, section 3. */
    private static final String CHALLENGE = "Bearer realm=\"kinoteka\"";

    private final OutageLog outages = new OutageLog(System::nanoTime);
    private final ConnectionRetirement connections;
    private final JsonMapper json;

    ProblemHandler(ConnectionRetirement connections, JsonMapper json) {
        this.connections = connections;
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        var refusal = refusal(failure, exchange.getRequest().getMethod());
        var trace = TraceId.of(exchange.getRequest().getHeaders());
        note(exchange, refusal, trace, failure);
        return exchange.getResponse().isCommitted()
                ? Mono.error(failure) // nothing can be answered any more: the connection is closed
                : write(exchange, refusal, trace, failure);
    }

    private void note(ServerWebExchange exchange, ProblemException refusal, String trace, Throwable failure) {
        if (refusal.problem() == Problem.INTERNAL) {
            var request = exchange.getRequest();
            LOG.error("{} {} failed, trace {}", request.getMethod(), request.getPath(), trace, failure);
        } else if (refusal.problem() == Problem.DATABASE_UNAVAILABLE) {
            outages.add(failure);
            if (DatabaseFailures.saysReadOnly(failure)) {
                connections.markDemoted();
            }
        }
    }

    private static ProblemException refusal(Throwable failure, HttpMethod method) {
        if (failure instanceof ProblemException refusal) {
            return refusal;
        }
        return WebFailures.explain(failure)
                .or(() -> DatabaseFailures.explain(failure))
                .or(() -> ConstraintFailures.explain(failure, method))
                .orElseGet(() -> Problem.INTERNAL.exception("The failure was recorded; the trace id finds it."));
    }

    private Mono<Void> write(ServerWebExchange exchange, ProblemException refusal, String trace, Throwable failure) {
        var request = exchange.getRequest();
        var response = exchange.getResponse();
        var problem = refusal.problem();
        response.setStatusCode(problem.status());
        response.getHeaders().clear();
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (failure instanceof ResponseStatusException known) {
            known.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values)); // Allow, Accept
        }
        switch (problem) {
            case TOKEN_MISSING -> response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
            case TOKEN_INVALID ->
                response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\"");
            default -> {}
        }
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE || problem.status() == HttpStatus.TOO_MANY_REQUESTS) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        var body = json.writeValueAsBytes(new ProblemDetails(
                problem.type(),
                problem.title(),
                problem.status().value(),
                refusal.detail(),
                request.getPath().value(),
                trace,
                refusal.errors()));
        response.getHeaders().setContentLength(body.length);
        if (HttpMethod.HEAD.equals(request.getMethod())) {
            return response.setComplete();
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
