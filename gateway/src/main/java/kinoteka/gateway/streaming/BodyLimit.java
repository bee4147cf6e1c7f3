package kinoteka.gateway.streaming;

import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemResponse;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.transport.RequestSettings;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Rejects a body that says it is too large, or whose method has none, and limits the others. */
@Component
class BodyLimit implements PublicFilter {

    private final Live<RequestSettings> live;

    BodyLimit(Live<RequestSettings> settings) {
        this.live = settings;
    }

    @Override
    public Stage stage() {
        return Stage.BODY_LIMIT;
    }

    @Override
    public DirectStage direct() {
        return DirectStage.UNAFFECTED; // such requests have no body
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        var settings = live.get();
        var headers = exchange.getRequest().getHeaders();
        var length = headers.getContentLength();
        if (length > settings.bodyLimit().toBytes()) {
            return ProblemResponse.write(
                    exchange, Problem.BODY_TOO_LARGE, LimitedRequestBody.tooLarge(settings.bodyLimit()));
        }
        // Netty puts Transfer-Encoding on an HTTP/2 request whose length is not given
        var hasBody = length > 0 || headers.getFirst(HttpHeaders.TRANSFER_ENCODING) != null;
        if (!hasBody) {
            return chain.filter(exchange);
        }
        var method = exchange.getRequest().getMethod();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            return ProblemResponse.write(
                    exchange, Problem.BODY_NOT_ALLOWED, "A " + method + " request has no body here (RFC 9110, 9.3).");
        }
        return chain.filter(exchange.mutate()
                .request(new LimitedRequestBody(exchange.getRequest(), RequestRecord.of(exchange), settings))
                .build());
    }
}
