package kinoteka.catalog.security.token;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/** The issuer's endpoint for its keys. A fetch is bounded in time and size and follows no redirect. */
final class JwkSetEndpoint {

    private final Mono<List<JWK>> fetch;

    /** @param timer counts the timeout */
    JwkSetEndpoint(TokenSettings.Jwks settings, Scheduler timer) {
        var uri = requireNonNull(settings.uri());
        // A new connection for each fetch: there are minutes between two of them, and an idle one may be dead by then.
        var http = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(
                        HttpClient.newConnection().followRedirect(false).keepAlive(false)))
                .codecs(codecs -> codecs.defaultCodecs()
                        .maxInMemorySize(Math.toIntExact(settings.maxSize().toBytes())))
                .build();
        this.fetch = http.get()
                .uri(uri)
                .exchangeToMono(JwkSetEndpoint::body)
                .map(JwkSetEndpoint::parse)
                .timeout(settings.timeout(), Mono.error(() -> timedOut(settings.timeout())), timer);
    }

    /** The public keys that the issuer publishes at present; one request for each subscriber. */
    Mono<List<JWK>> fetch() {
        return fetch;
    }

    private static Mono<String> body(ClientResponse response) {
        return response.statusCode().equals(HttpStatus.OK)
                ? response.bodyToMono(byte[].class)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .defaultIfEmpty("")
                : response.releaseBody()
                        .then(Mono.error(
                                () -> new IOException("status: " + response.statusCode() + " (expected: 200 OK)")));
    }

    /** Never the development key: everybody can sign with it, whatever name an issuer gives it. */
    private static List<JWK> parse(String document) {
        try {
            return JWKSet.parse(document).getKeys().stream()
                    .filter(key -> !DevelopmentKey.is(key))
                    .toList();
        } catch (ParseException e) {
            throw new IllegalStateException("The response is not a JSON Web Key Set: " + e.getMessage(), e);
        }
    }

    private static TimeoutException timedOut(Duration timeout) {
        return new TimeoutException("The issuer did not send its keys within " + timeout);
    }
}
