package kinoteka.gateway.problem;

import kinoteka.gateway.trace.Trace;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Writes a problem as the response of an exchange. */
public final class ProblemResponse {

    private static final String ATTRIBUTE = ProblemResponse.class.getName();

    private ProblemResponse() {}

    /** Returns the problem that was written as the response of this exchange; null if there is none. */
    public static @Nullable Problem of(ServerWebExchange exchange) {
        return (Problem) exchange.getAttributes().get(ATTRIBUTE);
    }

    /**
     * Writes the problem. Headers that are already set, such as {@code Allow} and {@code Retry-After}, are kept. The response must not be committed.
     *
     * @param detail a sentence for the client about this request
     */
    public static Mono<Void> write(ServerWebExchange exchange, Problem problem, String detail) {
        return Mono.defer(() -> {
            var target = exchange.getRequest().getURI().getRawPath();
            var json =
                    ProblemBody.json(problem, detail, target, Trace.of(exchange).traceId());
            exchange.getAttributes().put(ATTRIBUTE, problem);
            var response = exchange.getResponse();
            response.setStatusCode(problem.status());
            var headers = response.getHeaders();
            headers.set(HttpHeaders.CONTENT_TYPE, ProblemBody.MEDIA_TYPE);
            headers.setContentLength(json.length);
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            if (problem.isTransient() && !headers.containsHeader(HttpHeaders.RETRY_AFTER)) {
                headers.set(HttpHeaders.RETRY_AFTER, ProblemBody.RETRY_AFTER);
            }
            return response.writeWith(
                    Mono.fromSupplier(() -> response.bufferFactory().wrap(json)));
        });
    }
}
