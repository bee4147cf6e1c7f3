package kinoteka.catalog.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.catalog.Bearer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Asks a real server for the keys of an issuer. */
class IssuerIT {

    private static final String ISSUER = "https://login.example";

    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private volatile List<JWK> keys = List.of();
    private DisposableServer server;
    private ReactiveJwtDecoder decoder;

    @BeforeEach
    void start() {
        server = HttpServer.create()
                .port(0)
                .route(routes -> routes.get("/keys", (request, response) -> {
                    questions.incrementAndGet();
                    return response.sendString(Mono.just(new JWKSet(keys).toString()));
                }))
                .bindNow();
        var jwks = URI.create("http://localhost:" + server.port() + "/keys");
        decoder = Tokens.decoder(new IssuerKeys(WebClient.create(), jwks, now::get)::of, ISSUER, "kinoteka");
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void believesTokensOfTheIssuersKeysAndAsksForThemOnce() throws Exception {
        var key = key("one");
        keys = List.of(key);

        assertThat(decode(key).getSubject()).isEqualTo("7");
        decode(key);

        assertThat(questions).hasValue(1);
    }

    @Test
    void asksAgainWhenANewKeyComesButNotForEveryTokenThatNamesOne() throws Exception {
        var old = key("old");
        keys = List.of(old);
        decode(old);
        var fresh = key("fresh");

        now.addAndGet(11_000_000_000L);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> decode(fresh)).isInstanceOf(BadJwtException.class);
        }
        assertThat(questions).hasValue(2);

        keys = List.of(old, fresh);
        now.addAndGet(11_000_000_000L);
        assertThat(decode(fresh).getSubject()).isEqualTo("7");
    }

    @Test
    void goesOnWithTheKeysItKnowsWhileTheIssuerIsAway() throws Exception {
        var key = key("one");
        keys = List.of(key);
        decode(key);
        server.disposeNow();

        now.addAndGet(11_000_000_000L);
        assertThat(decode(key).getSubject()).isEqualTo("7");
        assertThatThrownBy(() -> decode(key("other"))).isInstanceOf(BadJwtException.class);
    }

    @Test
    void saysThatItCannotTellWhenItHasNoKeysYetAndTheIssuerIsAway() throws Exception {
        server.disposeNow();

        assertThatThrownBy(() -> decode(key("one"))).isInstanceOf(AuthenticationServiceException.class);
    }

    @Test
    void neverBelievesTheDevelopmentKeyUnderWhateverName() {
        var renamed = new ECKey.Builder(Bearer.KEY).keyID("production").build();
        keys = List.of(renamed.toPublicJWK());

        assertThatThrownBy(() -> decode(renamed)).isInstanceOf(BadJwtException.class);
    }

    private Jwt decode(ECKey key) {
        var token =
                Bearer.sign(key, Bearer.claims("7", "customer").issuer(ISSUER).build());
        var decoded = decoder.decode(token).block();
        assertThat(decoded).isNotNull();
        return decoded;
    }

    private static ECKey key(String name) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(name).generate();
    }
}
