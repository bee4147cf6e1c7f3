package kinoteka.catalog.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import reactor.core.publisher.Mono;

class SubjectHeaderTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SubjectHeader filter = new SubjectHeader(
            new GatewayCredentials(new GatewaySettings(List.of(SECRET)), metrics), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void namesTheSubjectOfAVerifiedTokenToAGateway() {
        // the first eight bytes of the SHA-256 of "7"
        assertThat(named("forwarded " + SECRET, token("7", Duration.ofHours(1))))
                .isEqualTo("7902699be42c8a8e;max-age=300");
    }

    @Test
    void distinguishesSubjects() {
        assertThat(named("forwarded " + SECRET, token("8", Duration.ofHours(1))))
                .isNotNull()
                .doesNotStartWith("7902699be42c8a8e");
    }

    @Test
    void isValidNoLongerThanTheToken() {
        assertThat(named("forwarded " + SECRET, token("7", Duration.ofSeconds(10))))
                .endsWith(";max-age=10");
        assertThat(named("forwarded " + SECRET, token("7", Duration.ZERO))).isNull();
    }

    @Test
    void isSentToNobodyElse() {
        assertThat(named("forwarded " + SECRET.replace('0', 'x'), token("7", Duration.ofHours(1))))
                .isNull();
        assertThat(named("own " + SECRET, token("7", Duration.ofHours(1)))).isNull();
        assertThat(metrics.counter("gateway.credentials.rejected").count()).isZero();
    }

    /** Without a principal, the token has not been verified. */
    @Test
    void isNotSentForATokenThatIsNotVerified() {
        assertThat(named("forwarded " + SECRET, null)).isNull();
    }

    private @Nullable String named(String credential, @Nullable Jwt verified) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/")
                .header("Gateway-Credential", credential)
                .header("Authorization", "Bearer x"));
        var principal = verified == null ? Mono.empty() : Mono.just(new JwtAuthenticationToken(verified));
        filter.filter(
                        exchange.mutate()
                                .principal(principal.cast(java.security.Principal.class))
                                .build(),
                        committed -> committed.getResponse().setComplete())
                .block(Duration.ofSeconds(5));
        return exchange.getResponse().getHeaders().getFirst(SubjectHeader.NAME);
    }

    private static Jwt token(String subject, Duration left) {
        return Jwt.withTokenValue("x")
                .header("alg", "ES256")
                .subject(subject)
                .expiresAt(NOW.plus(left))
                .build();
    }
}
