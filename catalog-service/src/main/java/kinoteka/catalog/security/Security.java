package kinoteka.catalog.security;

import static java.util.Objects.requireNonNull;

import kinoteka.catalog.problem.Problem;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Verifies the token of a request that has one, and lets pass whoever has none: what needs a token says so itself, by the
 * type of a parameter.
 */
@Configuration(proxyBeanMethods = false)
class Security {

    @Bean
    SecurityWebFilterChain verification(ServerHttpSecurity http, ReactiveJwtDecoder tokens) {
        return http.authorizeExchange(all -> all.anyExchange().permitAll())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtDecoder(tokens))
                        // an answer like every other failure's
                        .authenticationEntryPoint((exchange, refused) -> Mono.error(refused)))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .headers(headers -> headers.cache(ServerHttpSecurity.HeaderSpec.CacheSpec::disable)
                        .frameOptions(ServerHttpSecurity.HeaderSpec.FrameOptionsSpec::disable)
                        .xssProtection(ServerHttpSecurity.HeaderSpec.XssProtectionSpec::disable)
                        .hsts(ServerHttpSecurity.HeaderSpec.HstsSpec::disable))
                .build();
    }

    /** Spring's firewall refuses control characters in parameters; without this it would not say why. */
    @Bean
    ServerExchangeRejectedHandler firewall() {
        return (exchange, refused) -> Mono.error(() ->
                Problem.PARAMETER_INVALID.exception("Headers or parameters have characters that they may not have."));
    }

    @Bean
    ReactiveJwtDecoder tokenDecoder(SecuritySettings settings, Environment environment) {
        if (environment.acceptsProfiles(Profiles.of("production"))) {
            requireFitForProduction(settings);
        }
        if (settings.development()) {
            return Tokens.decoder(
                    token -> Flux.just(DevelopmentKey.PUBLIC), DevelopmentKey.ISSUER, settings.audience());
        }
        var keys = new IssuerKeys(WebClient.create(), requireNonNull(settings.jwks()), System::nanoTime);
        return Tokens.decoder(keys::of, requireNonNull(settings.issuer()), settings.audience());
    }

    private static void requireFitForProduction(SecuritySettings settings) {
        if (settings.development()) {
            throw new InvalidConfigurationPropertyValueException(
                    "kinoteka.catalog.security.development",
                    true,
                    "The profile production believes no development key (expected: false, with issuer and jwks).");
        }
        var jwks = requireNonNull(settings.jwks());
        if (!"https".equals(jwks.getScheme())) {
            throw new InvalidConfigurationPropertyValueException(
                    "kinoteka.catalog.security.jwks",
                    jwks,
                    "In the profile production keys come over TLS (expected: https://…).");
        }
    }
}
