package kinoteka.catalog.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Flux;

/** Which tokens are believed (RFC 8725): signed by a known key, of this issuer, for us, now. */
final class Tokens {

    /** Asymmetric ones only: what verifies must not be able to sign. */
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

    private Tokens() {}

    static ReactiveJwtDecoder decoder(Function<SignedJWT, Flux<JWK>> keys, String issuer, String audience) {
        var decoder = NimbusReactiveJwtDecoder.withJwkSource(keys)
                .jwtProcessorCustomizer(processor -> processor.setJWSKeySelector(
                        new JWSVerificationKeySelector<JWKSecurityContext>(ALGORITHMS, Tokens::ofContext)))
                .build();
        var times = new JwtTimestampValidator();
        times.setAllowEmptyExpiryClaim(false);
        var types = new JwtTypeValidator("JWT", "at+jwt");
        types.setAllowEmpty(true);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(
                types, times, new JwtIssuerValidator(issuer), new JwtAudienceValidator(audience)));
        return token -> decoder.decode(token)
                .onErrorMap(
                        IllegalStateException.class,
                        noKeys -> new AuthenticationServiceException("The issuer gives no keys", noKeys));
    }

    private static List<JWK> ofContext(JWKSelector wanted, @Nullable JWKSecurityContext context) {
        return context == null ? List.of() : wanted.select(new JWKSet(context.getKeys()));
    }
}
