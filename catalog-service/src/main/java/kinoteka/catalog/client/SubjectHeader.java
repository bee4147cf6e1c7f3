package kinoteka.catalog.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Names the subject of a verified token to the gateway that has forwarded the request, so that it can limit the requests of one subject
 * from many addresses. The header {@code Gateway-Subject} is a number that identifies the subject, and for how long the gateway may
 * assume that the token is valid. The gateway does not send it to the client.
 */
@Component
@Order(0) // after Spring Security, which has the order -100
class SubjectHeader implements WebFilter {

    static final String NAME = "Gateway-Subject";

    /** A withdrawn key is not noticed by the gateway for this long. The token only names whose limit is used. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int DIGEST_BYTES = 8;

    private final GatewayCredentials gateways;
    private final Clock clock;

    @Autowired
    SubjectHeader(GatewayCredentials gateways) {
        this(gateways, Clock.systemUTC());
    }

    SubjectHeader(GatewayCredentials gateways, Clock clock) {
        this.gateways = gateways;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var headers = exchange.getRequest().getHeaders();
        if (!headers.containsHeader(HttpHeaders.AUTHORIZATION) || !gateways.isForwarded(headers)) {
            return chain.filter(exchange);
        }
        return exchange.getPrincipal()
                .ofType(JwtAuthenticationToken.class)
                .doOnNext(verified -> nameBeforeCommit(verified.getToken(), exchange))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    /** A problem removes the headers that were set before it, and guesses of a password end in problems. */
    private void nameBeforeCommit(Jwt token, ServerWebExchange exchange) {
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> name(token, exchange)));
    }

    private void name(Jwt token, ServerWebExchange exchange) {
        @Nullable String subject = token.getSubject();
        @Nullable Instant expiry = token.getExpiresAt();
        if (subject == null || expiry == null) {
            return;
        }
        var left = Duration.between(clock.instant(), expiry);
        var maxAge = left.compareTo(LONGEST) < 0 ? left : LONGEST;
        if (maxAge.isPositive()) {
            exchange.getResponse().getHeaders().set(NAME, digest(subject) + ";max-age=" + maxAge.toSeconds());
        }
    }

    /** The gateway has to distinguish subjects, and does not have to know them. */
    private static String digest(String subject) {
        try {
            var sum = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(UTF_8));
            return HexFormat.of().formatHex(sum, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
