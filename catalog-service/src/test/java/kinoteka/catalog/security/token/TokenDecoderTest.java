package kinoteka.catalog.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/** Decides about tokens one by one, at noon. */
class TokenDecoderTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final RSAKey RSA = rsa();
    private static final ECKey P256 = ec("p256", Curve.P_256);
    private static final ECKey P384 = ec("p384", Curve.P_384);
    private static final ECKey P521 = ec("p521", Curve.P_521);

    private final List<JWK> known = new ArrayList<>(List.of(RSA, P256, P384, P521));
    private int lookups;

    @ParameterizedTest
    @CsvSource({
        "RS256, rsa",
        "RS384, rsa",
        "RS512, rsa",
        "PS256, rsa",
        "PS384, rsa",
        "PS512, rsa",
        "ES256, p256",
        "ES384, p384",
        "ES512, p521"
    })
    void acceptsAsymmetricAlgorithms(String algorithm, String key) throws JOSEException {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(key).build();

        assertThat(decode(signed(header, claims())).getSubject()).isEqualTo("7");
    }

    @Test
    void rejectsAnUnsignedTokenAndLooksForNoKey() {
        assertRejected(new PlainJWT(claims().build()).serialize());
        assertThat(lookups).isZero();
    }

    @Test
    void rejectsATokenThatIsSignedWithAPublicKeyAsAPassword() throws JOSEException {
        var pem = P256.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);

        for (var password : List.of(
                pem, P256.getX().decode(), RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            for (var name : List.of("p256", "rsa")) {
                assertRejected(mac(name, password));
            }
        }
        assertThat(lookups).isZero();
    }

    @Test
    void rejectsASymmetricAlgorithmEvenIfTheIssuerPublishesSuchAKey() throws JOSEException {
        var secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        known.add(new OctetSequenceKey.Builder(secret).keyID("secret").build());

        assertRejected(mac("secret", secret));
    }

    @Test
    void acceptsATokenWithoutAKeyIdIfOneOfTheKeysVerifiesIt() throws JOSEException {
        known.add(0, new ECKeyGenerator(Curve.P_256).keyID("another").generate());

        assertThat(decode(signed(new JWSHeader(JWSAlgorithm.ES256), claims(), P256))
                        .getSubject())
                .isEqualTo("7");
    }

    @Test
    void rejectsATokenByAnotherKeyOfTheSameName() throws JOSEException {
        var stranger = new ECKeyGenerator(Curve.P_256).keyID("p256").generate();

        assertRejected(signed(es256().build(), claims(), stranger));
    }

    /** The key of the name cannot verify it, which is the token's fault and not the issuer's. */
    @Test
    void rejectsAnAlgorithmThatIsNotThatOfTheKeysCurve() throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("p256").build();

        assertRejected(signed(header, claims(), P384));
    }

    @Test
    void rejectsATokenWhoseHeaderBringsItsOwnKey() throws JOSEException {
        var stranger = new ECKeyGenerator(Curve.P_256).keyID("p256").generate();

        assertRejected(signed(es256().jwk(stranger.toPublicJWK()).build(), claims(), stranger));
        assertRejected(
                signed(es256().keyID("unknown").jwk(stranger.toPublicJWK()).build(), claims(), stranger));
    }

    @Test
    void rejectsATokenByAKeyForEncryption() throws JOSEException {
        known.clear();
        known.add(new ECKey.Builder(P256).keyUse(KeyUse.ENCRYPTION).build());

        assertRejected(signed(es256().build(), claims()));
    }

    @Test
    void rejectsATokenByAKeyForAnotherAlgorithm() throws JOSEException {
        known.clear();
        known.add(new RSAKey.Builder(RSA).algorithm(JWSAlgorithm.RS512).build());

        assertRejected(
                signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(), claims()));
    }

    @Test
    void rejectsExtensionsThatItMustUnderstandAndDoesNot() throws JOSEException {
        assertRejected(signed(
                es256().criticalParams(Set.of("scope"))
                        .customParam("scope", "all")
                        .build(),
                claims()));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"JWT", "jwt", "at+jwt"})
    void acceptsTypesOfAccessTokens(String type) throws JOSEException {
        assertThat(decode(signed(typed(type), claims())).getSubject()).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE", "JWT;at+jwt"})
    void rejectsOtherTypes(String type) throws JOSEException {
        assertRejected(signed(typed(type), claims()));
    }

    @ParameterizedTest
    @CsvSource({"exp, -60, true", "exp, -61, false", "exp, 1, true", "nbf, 60, true", "nbf, 61, false", "nbf, -1, true"
    })
    void allowsOneMinuteOfDifferenceBetweenClocks(String claim, long seconds, boolean isAccepted) throws JOSEException {
        var time = Date.from(NOON.plusSeconds(seconds));
        var token = signed(es256().build(), claims().claim(claim, time));

        if (isAccepted) {
            assertThat(decode(token).getSubject()).isEqualTo("7");
        } else {
            assertRejected(token);
        }
    }

    @Test
    void rejectsATokenThatNeverExpires() throws JOSEException {
        assertRejected(signed(es256().build(), claims().expirationTime(null)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "https://login.example/", "https://LOGIN.example", "https://evil.example"})
    void rejectsOtherIssuers(String issuer) throws JOSEException {
        assertRejected(signed(es256().build(), claims().issuer(issuer)));
    }

    @Test
    void acceptsATokenForSeveralAudiences() throws JOSEException {
        var token = signed(es256().build(), claims().audience(List.of("bingo", "kinoteka")));

        assertThat(decode(token).getSubject()).isEqualTo("7");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "bingo", "kinoteka2", "Kinoteka"})
    void rejectsOtherAudiences(String audience) throws JOSEException {
        assertRejected(signed(es256().build(), claims().audience(audience)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void rejectsATokenWithoutASubject(String subject) throws JOSEException {
        assertRejected(signed(es256().build(), claims().subject(subject)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "sub", "iss"})
    void rejectsClaimsOfTheWrongType(String claim) throws JOSEException {
        assertRejected(signed(es256().build(), claims().claim(claim, List.of("tomorrow"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "eyJhbGciOiJub25lIn0..", "eyJhbGciOiJFUzI1NiJ9.e30.", "{}"})
    void rejectsNonsense(String token) {
        assertRejected(token);
    }

    @Test
    void rejectsAChangedTokenAndOneWithoutItsSignature() throws JOSEException {
        var token = signed(es256().build(), claims());
        var admin = signed(es256().build(), claims().subject("8"));
        var parts = token.split("\\.", -1);

        assertRejected(parts[0] + "." + admin.split("\\.", -1)[1] + "." + parts[2]);
        assertRejected(parts[0] + "." + parts[1] + ".");
    }

    private Jwt decode(String token) {
        VerificationKeys keys = selector -> {
            lookups++;
            return Mono.just(selector.select(new JWKSet(known)));
        };
        var clock = Clock.fixed(NOON, ZoneOffset.UTC);
        var decoded = TokenDecoder.create(keys, Issuer.NAME, "kinoteka", clock)
                .decode(token)
                .block();
        assertThat(decoded).isNotNull();
        return decoded;
    }

    private void assertRejected(String token) {
        assertThatThrownBy(() -> decode(token)).isInstanceOf(BadJwtException.class);
    }

    private static JWSHeader.Builder es256() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("p256");
    }

    private static JWSHeader typed(String type) {
        return es256().type(type == null ? null : new JOSEObjectType(type)).build();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(Issuer.NAME)
                .audience("kinoteka")
                .subject("7")
                .expirationTime(Date.from(NOON.plusSeconds(300)));
    }

    private static String signed(JWSHeader header, JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(header, claims, new JWKSet(List.of(RSA, P256, P384, P521)).getKeyByKeyId(header.getKeyID()));
    }

    private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWK key) throws JOSEException {
        return signed(header, claims, new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm()));
    }

    private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(header, claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static String mac(String name, byte[] password) throws JOSEException {
        return signed(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(name).build(), claims(), new MACSigner(password));
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("rsa").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec(String name, Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(name).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
