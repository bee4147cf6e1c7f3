package kinoteka.catalog.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
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
import kinoteka.catalog.security.token.DevelopmentKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tokens over HTTP. */
@CatalogIT
class TokenIT {

    private static final String UNKNOWN_MOVIE = "/api/movie/9223372036854775807";

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = Api.at(port);
    }

    @Test
    void requiresATokenBeforeItReadsTheBody() {
        var response = api.post("/api/movie", "{");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.problem()).isEqualTo("token-missing");
        assertThat(response.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE)).isEqualTo("Bearer realm=\"kinoteka\"");
    }

    @Test
    void requiresTheRoleBeforeItReadsTheBody() {
        var response = api.as(Bearer.customer(1)).post("/api/movie", "{");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.problem()).isEqualTo("forbidden");
    }

    @Test
    void acceptsAToken() {
        assertThat(api.as(Bearer.admin()).delete(UNKNOWN_MOVIE).status()).isEqualTo(404);
    }

    static Stream<Arguments> invalidTokens() throws JOSEException {
        var good = Bearer.claims("1", "admin");
        var stranger = new ECKeyGenerator(Curve.P_256)
                .keyID(DevelopmentKey.PUBLIC.getKeyID())
                .generate();
        var passed = Date.from(Instant.now().minusSeconds(3600));
        return Stream.of(
                Arguments.of("nonsense", "nonsense"),
                Arguments.of("expired", signed(Bearer.claims("1", "admin").expirationTime(passed))),
                Arguments.of(
                        "without expiry", signed(Bearer.claims("1", "admin").expirationTime(null))),
                Arguments.of(
                        "not yet valid",
                        signed(Bearer.claims("1", "admin")
                                .notBeforeTime(Date.from(Instant.now().plusSeconds(3600))))),
                Arguments.of(
                        "for another audience",
                        signed(Bearer.claims("1", "admin").audience("bingo"))),
                Arguments.of(
                        "of another issuer", signed(Bearer.claims("1", "admin").issuer("https://evil.example"))),
                Arguments.of(
                        "without a subject", signed(Bearer.claims("1", "admin").subject(null))),
                Arguments.of("by another key of the same name", Bearer.sign(stranger, good.build())),
                Arguments.of("unsigned", new PlainJWT(good.build()).serialize()),
                Arguments.of("without its signature", withoutSignature(signed(good))),
                Arguments.of("signed with the public key as a password", mac(good.build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidTokens")
    void rejectsInvalidTokens(String why, String token) {
        var rejected = api.as(Bearer.header(token));

        for (var response : List.of(rejected.delete(UNKNOWN_MOVIE), rejected.get("/api/movie"))) {
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.problem()).isEqualTo("token-invalid");
            assertThat(response.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE))
                    .isEqualTo("Bearer realm=\"kinoteka\", error=\"invalid_token\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer\ta", "Bearer a,Bearer b", "bearer ä"})
    void rejectsMalformedHeaders(String header) {
        var response = api.with(HttpHeaders.AUTHORIZATION, header).delete(UNKNOWN_MOVIE);

        assertThat(response.status()).isBetween(400, 401);
        assertThat(response.problem()).isIn("token-invalid", "parameter-invalid");
    }

    /** For the limits of the gateway. This catalogue has no credentials of gateways, so that every sender counts as one. */
    @Test
    void namesTheSubjectOfAValidTokenOnly() {
        assertThat(api.as(Bearer.customer(1)).get("/api/movie").headers().getFirst("Gateway-Subject"))
                .matches("[0-9a-f]{16};max-age=[1-9][0-9]*");
        assertThat(api.as(Bearer.customer(1)).get("/api/movie/0").problem()).isNotEmpty();
        assertThat(api.as(Bearer.customer(1)).get("/api/movie/0").headers().getFirst("Gateway-Subject"))
                .matches("[0-9a-f]{16};max-age=[0-9]+");
        assertThat(api.as(Bearer.header("nonsense")).get("/api/movie").headers().getFirst("Gateway-Subject"))
                .isNull();
        assertThat(api.get("/api/movie").headers().getFirst("Gateway-Subject")).isNull();
    }

    @Test
    void acceptsTheNameOfTheSchemeInAnyCase() {
        var token = Bearer.token("admin", "admin");

        assertThat(api.with(HttpHeaders.AUTHORIZATION, "bEARER " + token)
                        .delete(UNKNOWN_MOVIE)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void ignoresOtherSchemes() {
        assertThat(api.with(HttpHeaders.AUTHORIZATION, "Basic YTpi")
                        .delete(UNKNOWN_MOVIE)
                        .problem())
                .isEqualTo("token-missing");
    }

    @Test
    void rejectsARequestWithTwoAuthorizationHeaders() {
        var customer = "Bearer " + Bearer.token("1", "customer");
        var admin = "Bearer " + Bearer.token("admin", "admin");

        for (var values : List.of(
                List.of(admin, customer),
                List.of(customer, admin),
                List.of(admin, admin),
                List.of("Basic YTpi", admin))) {
            WebTestClient.bindToServer()
                    .baseUrl("http://localhost:" + port)
                    .build()
                    .delete()
                    .uri(UNKNOWN_MOVIE)
                    .headers(headers -> headers.addAll(HttpHeaders.AUTHORIZATION, values))
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("/problems/parameter-invalid")
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("Authorization");
        }
    }

    @Test
    void readsNoTokenFromTheQueryNorFromTheBody() {
        var token = Bearer.token("admin", "admin");

        assertThat(api.delete(UNKNOWN_MOVIE + "?access_token=" + token).problem())
                .isEqualTo("parameter-invalid");
        assertThat(api.get("/api/customer/1/orders?access_token=" + token).problem())
                .isEqualTo("parameter-invalid");
        WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build()
                .post()
                .uri("/api/movie")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue("access_token=" + token)
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isIn(401, 415));
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return Bearer.sign(Bearer.KEY, claims.build());
    }

    private static String withoutSignature(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    private static String mac(JWTClaimsSet claims) throws JOSEException {
        var key = DevelopmentKey.PUBLIC;
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new MACSigner(key.getX().decode()));
        return token.serialize();
    }
}
