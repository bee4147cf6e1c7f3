package kinoteka.catalog.security;

import java.util.List;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Reads the token from the header {@code Authorization}, and from nowhere else. Rejects a request that has this header twice:
 * whoever else reads it on the way could take the other one.
 */
final class SingleBearerToken implements ServerAuthenticationConverter {

    private final ServerAuthenticationConverter single = new ServerBearerTokenAuthenticationConverter();

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        return exchange.getRequest()
                                .getHeaders()
                                .getOrEmpty(HttpHeaders.AUTHORIZATION)
                                .size()
                        > 1
                ? Mono.error(() -> Problem.PARAMETER_INVALID.exception(
                        "Headers are not valid.",
                        List.of(new InvalidField(HttpHeaders.AUTHORIZATION, "expected: one value"))))
                : single.convert(exchange);
    }
}
