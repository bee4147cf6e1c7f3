package kinoteka.catalog.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** Accepts the tokens that RFC 8725 allows: signed with a known key, of this issuer, for this audience, not expired. */
final class TokenDecoder {

    /** How much the issuer's clock and ours may differ. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    /** Asymmetric ones only, so that a key which verifies cannot sign. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512);

    private TokenDecoder() {}

    /** Fails with {@link AuthenticationServiceException} for a token that cannot be verified at the moment. */
    static ReactiveJwtDecoder create(VerificationKeys keys, String issuer, String audience, Clock clock) {
        var decoder = NimbusReactiveJwtDecoder.withJwkSource(
                        token -> candidates(keys, token.getHeader()).flatMapIterable(found -> found))
                .jwtProcessorCustomizer(processor -> processor.setJWSKeySelector(
                        new JWSVerificationKeySelector<JWKSecurityContext>(ALGORITHMS, TokenDecoder::ofContext)))
                .build();
        decoder.setJwtValidator(validator(issuer, audience, clock));
        return token -> decoder.decode(token)
                .onErrorMap(
                        IllegalStateException.class,
                        noKeys -> new AuthenticationServiceException("The issuer's keys are not known", noKeys))
                .onErrorMap(
                        TokenDecoder::isOfAnotherKey, e -> new BadJwtException("The algorithm is not the key's", e));
    }

    /** Whether the key that the token names cannot verify its algorithm: the token is wrong, and the issuer is available. */
    private static boolean isOfAnotherKey(Throwable failure) {
        return failure instanceof JwtException && failure.getCause() instanceof JOSEException;
    }

    private static DelegatingOAuth2TokenValidator<Jwt> validator(String issuer, String audience, Clock clock) {
        var times = new JwtTimestampValidator(CLOCK_SKEW);
        times.setAllowEmptyExpiryClaim(false);
        times.setClock(clock);
        var types = new JwtTypeValidator("JWT", "at+jwt");
        types.setAllowEmpty(true);
        return new DelegatingOAuth2TokenValidator<>(
                types,
                times,
                new JwtIssuerValidator(issuer),
                new JwtAudienceValidator(audience),
                TokenDecoder::requireSubject);
    }

    /** RFC 9068 requires it; without it two callers could not be told apart. */
    private static OAuth2TokenValidatorResult requireSubject(Jwt token) {
        @Nullable String subject = token.getSubject();
        return subject == null || subject.isBlank()
                ? OAuth2TokenValidatorResult.failure(
                        new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "The claim sub is missing", null))
                : OAuth2TokenValidatorResult.success();
    }

    /** A token with another algorithm has none, and makes nobody fetch keys. */
    private static Mono<List<JWK>> candidates(VerificationKeys keys, JWSHeader header) {
        return ALGORITHMS.contains(header.getAlgorithm())
                ? keys.matching(new JWKSelector(JWKMatcher.forJWSHeader(header)))
                : Mono.just(List.of());
    }

    private static List<JWK> ofContext(JWKSelector selector, @Nullable JWKSecurityContext context) {
        return context == null ? List.of() : selector.select(new JWKSet(context.getKeys()));
    }
}
