package kinoteka.gateway.problem;

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
 * Turns every failure into an answer, so that the status counted is the status the client saw. When the answer has
 * begun, the failure goes on to the server, which closes the connection.
 */
@Component
class ProblemFilter implements PublicFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);

    @Override
    public Stage stage() {
        return Stage.PROBLEM;
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).onErrorResume(failure -> answer(exchange, failure));
    }

    private static Mono<Void> answer(ServerWebExchange exchange, Throwable failure) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        if (ClientDisconnected.matches(failure)) {
            response.setStatusCode(HttpStatusCode.valueOf(ClientDisconnected.STATUS));
            return response.setComplete();
        }
        forgetUpstream(response.getHeaders());
        if (failure instanceof ProblemException failed) {
            return ProblemAnswer.write(exchange, failed.problem(), String.valueOf(failed.getMessage()));
        }
        LOG.error("Unforeseen failure, trace {}", Trace.of(exchange).traceId(), failure);
        return ProblemAnswer.write(exchange, Problem.INTERNAL, "The request could not be completed.");
    }

    /** An upstream's headers are there already when its body broke off; the date is the server's own. */
    private static void forgetUpstream(HttpHeaders headers) {
        var date = headers.getFirst(HttpHeaders.DATE);
        headers.clear();
        if (date != null) {
            headers.set(HttpHeaders.DATE, date);
        }
    }
}
