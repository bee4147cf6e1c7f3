package kinoteka.gateway.problem;

import java.util.List;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.trace.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Converts every failure into a response, so that the metrics count the status that the client receives. If the response is already
 * committed, the failure is passed on to the server, which closes the connection.
 */
@Component
class ProblemFilter implements PublicFilter {

    /** Headers that the gateway has set before it called the upstream. */
    private static final List<String> KEPT = List.of(HttpHeaders.DATE, "RateLimit", "RateLimit-Policy");

    private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);

    @Override
    public Stage stage() {
        return Stage.PROBLEM;
    }

    @Override
    public DirectStage direct() {
        return DirectStage.UNAFFECTED;
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).onErrorResume(failure -> respond(exchange, failure));
    }

    private static Mono<Void> respond(ServerWebExchange exchange, Throwable failure) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        if (ClientDisconnected.matches(failure)) {
            response.setStatusCode(HttpStatusCode.valueOf(ClientDisconnected.STATUS));
            return response.setComplete();
        }
        removeUpstreamHeaders(response.getHeaders());
        if (failure instanceof ProblemException failed) {
            return ProblemResponse.write(exchange, failed.problem(), String.valueOf(failed.getMessage()));
        }
        var traceId = Trace.of(exchange).traceId();
        LOG.atError().addKeyValue("trace_id", traceId).setCause(failure).log("Unexpected failure, trace {}", traceId);
        return ProblemResponse.write(exchange, Problem.INTERNAL, "The request could not be completed.");
    }

    /** If the body of the upstream's response fails, its headers have already been copied. */
    private static void removeUpstreamHeaders(HttpHeaders headers) {
        var kept = new HttpHeaders();
        for (var name : KEPT) {
            var value = headers.getFirst(name);
            if (value != null) {
                kept.set(name, value);
            }
        }
        headers.clear();
        headers.putAll(kept);
    }
}
