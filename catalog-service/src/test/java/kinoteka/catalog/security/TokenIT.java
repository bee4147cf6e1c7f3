package kinoteka.catalog.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class TokenIT {

    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
    }

    @Test
    void asksForATokenBeforeItReadsTheBody() {
        var answer = api.post("/api/movie", "{");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("token-missing");
        assertThat(answer.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE)).isEqualTo("Bearer realm=\"kinoteka\"");
    }

    @Test
    void takesOtherSchemesForNoToken() {
        var answer = api.with(HttpHeaders.AUTHORIZATION, "Basic YTpi").delete("/api/movie/1");

        assertThat(answer.problem()).isEqualTo("token-missing");
    }

    static Stream<Arguments> tokensThatAreNotBelieved() throws JOSEException {
        var good = Bearer.claims("1", "admin");
        var stranger = new ECKeyGenerator(Curve.P_256)
                .keyID(DevelopmentKey.PUBLIC.getKeyID())
                .generate();
        var passed = Date.from(Instant.now().minusSeconds(3600));
        return Stream.of(
                Arguments.of("nonsense", "nonsense"),
                Arguments.of("expired", signed(Bearer.claims("1", "admin").expirationTime(passed))),
                Arguments.of("for ever", signed(Bearer.claims("1", "admin").expirationTime(null))),
                Arguments.of(
                        "not yet valid",
                        signed(Bearer.claims("1", "admin")
                                .notBeforeTime(Date.from(Instant.now().plusSeconds(3600))))),
                Arguments.of(
                        "for another audience",
                        signed(Bearer.claims("1", "admin").audience("bingo"))),
                Arguments.of("for nobody", signed(Bearer.claims("1", "admin").audience(List.of()))),
                Arguments.of(
                        "of another issuer", signed(Bearer.claims("1", "admin").issuer("https://evil.example"))),
                Arguments.of("by another key of the same name", Bearer.sign(stranger, good.build())),
                Arguments.of("unsigned", new PlainJWT(good.build()).serialize()),
                Arguments.of("signature cut off", cutSignature(signed(good))),
                Arguments.of("signed with the public half as a password", macked(good.build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokensThatAreNotBelieved")
    void believesNoTokenThatIsNotRight(String why, String token) {
        var answer = api.as(Bearer.header(token)).delete("/api/movie/9223372036854775807");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("token-invalid");
        assertThat(answer.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE)).contains("error=\"invalid_token\"");
    }

    @Test
    void believesTheSameTokenOtherwise() {
        assertThat(api.as(Bearer.admin())
                        .delete("/api/movie/9223372036854775807")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void refusesWhoHasNotTheRole() {
        assertThat(api.as(Bearer.customer(1)).delete("/api/movie/1").problem()).isEqualTo("forbidden");
        assertThat(api.as(Bearer.header(Bearer.token("1", "owner")))
                        .delete("/api/session/1")
                        .problem())
                .isEqualTo("forbidden");
    }

    @Test
    void refusesACustomersTokenThatNamesNoCustomer() {
        var nobody = api.as(Bearer.header(Bearer.token("anna", "customer")));

        assertThat(nobody.post("/api/publication", "{\"title\":\"a\",\"text\":\"b\",\"category_id\":1}")
                        .problem())
                .isEqualTo("forbidden");
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return Bearer.sign(Bearer.KEY, claims.build());
    }

    private static String cutSignature(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    private static String macked(JWTClaimsSet claims) throws JOSEException {
        ECKey key = DevelopmentKey.PUBLIC;
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new MACSigner(key.getX().decode()));
        return token.serialize();
    }
}
