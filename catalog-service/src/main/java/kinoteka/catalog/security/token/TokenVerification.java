package kinoteka.catalog.security.token;

import com.nimbusds.jose.jwk.JWKSet;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Makes what verifies tokens: with the issuer's keys, or with the development key where that is allowed. */
@Configuration(proxyBeanMethods = false)
class TokenVerification {

    @Bean
    VerificationKeys verificationKeys(TokenSettings settings, Environment environment, MeterRegistry metrics) {
        if (environment.acceptsProfiles(Profiles.of("production"))) {
            requireFitForProduction(settings);
        }
        if (settings.development()) {
            var key = new JWKSet(DevelopmentKey.PUBLIC);
            return selector -> Mono.just(selector.select(key));
        }
        var timer = Schedulers.parallel();
        return new JwkSetCache(
                new JwkSetEndpoint(settings.jwks(), timer).fetch(),
                settings.jwks(),
                timer,
                () -> ThreadLocalRandom.current().nextDouble(),
                new FetchReport(settings.jwks(), timer, metrics));
    }

    @Bean
    ReactiveJwtDecoder tokenDecoder(TokenSettings settings, VerificationKeys keys) {
        var issuer = settings.issuer() == null ? DevelopmentKey.ISSUER : settings.issuer();
        return TokenDecoder.create(keys, issuer, settings.audience(), Clock.systemUTC());
    }

    private static void requireFitForProduction(TokenSettings settings) {
        if (settings.development()) {
            throw new InvalidConfigurationPropertyValueException(
                    "kinoteka.catalog.security.development",
                    true,
                    "The profile production does not accept the development key (expected: false, with issuer and jwks.uri).");
        }
        var jwks = settings.jwks().uri();
        if (jwks == null || !"https".equals(jwks.getScheme())) {
            throw new InvalidConfigurationPropertyValueException(
                    "kinoteka.catalog.security.jwks.uri",
                    jwks,
                    "The profile production fetches keys over TLS only (expected: https://…).");
        }
    }
}
