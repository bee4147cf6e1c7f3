package kinoteka.catalog.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The keys of an issuer, kept as long as it is silent and asked for again when a token names one that is not among them; no
 * more often than every ten seconds, since anybody can send such tokens. Never the development key.
 */
final class IssuerKeys {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long BETWEEN_QUESTIONS = Duration.ofSeconds(10).toNanos();

    private final Mono<String> document;
    private final LongSupplier nanoTime;
    private volatile @Nullable Keys known;

    private record Keys(List<JWK> keys, long askedAt) {}

    IssuerKeys(WebClient http, URI jwks, LongSupplier nanoTime) {
        this.document = http.get().uri(jwks).retrieve().bodyToMono(String.class).timeout(PATIENCE);
        this.nanoTime = nanoTime;
    }

    /** The keys that may have signed this token; fails when none are known and the issuer does not answer. */
    Flux<JWK> of(SignedJWT token) {
        var keys = known;
        if (keys == null || (!has(keys, token) && nanoTime.getAsLong() - keys.askedAt > BETWEEN_QUESTIONS)) {
            return ask().onErrorResume(failure -> keys == null ? Mono.error(failure) : Mono.just(remember(keys.keys)))
                    .flatMapIterable(Keys::keys);
        }
        return Flux.fromIterable(keys.keys);
    }

    private static boolean has(Keys keys, SignedJWT token) {
        return keys.keys.stream()
                .anyMatch(key -> key.getKeyID() == null
                        || key.getKeyID().equals(token.getHeader().getKeyID()));
    }

    private Mono<Keys> ask() {
        return document.map(IssuerKeys::parse).map(this::remember);
    }

    private Keys remember(List<JWK> keys) {
        var asked = new Keys(keys, nanoTime.getAsLong());
        known = asked;
        return asked;
    }

    private static List<JWK> parse(String document) {
        try {
            return JWKSet.parse(document).getKeys().stream()
                    .filter(key -> !DevelopmentKey.is(key))
                    .toList();
        } catch (ParseException e) {
            throw new IllegalStateException("the issuer's keys are no JSON Web Key Set: " + e.getMessage(), e);
        }
    }
}
