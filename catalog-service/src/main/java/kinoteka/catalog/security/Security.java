package kinoteka.catalog.security;

import kinoteka.catalog.problem.Problem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Verifies the token of a request that has one, and passes on a request that has none: each handler declares itself who may
 * call it, see {@link Access}.
 */
@Configuration(proxyBeanMethods = false)
class Security {

    @Bean
    SecurityWebFilterChain verification(ServerHttpSecurity http, ReactiveJwtDecoder tokens) {
        return http.securityMatcher(Security::matchRequestsWithToken)
                .authorizeExchange(all -> all.anyExchange().permitAll())
                .oauth2ResourceServer(server -> server.bearerTokenConverter(new SingleBearerToken())
                        .jwt(jwt -> jwt.jwtDecoder(tokens))
                        // reported as problem details, like every other failure
                        .authenticationEntryPoint((exchange, failure) -> Mono.error(failure)))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .headers(ServerHttpSecurity.HeaderSpec::disable) // see SecurityHeaders
                .build();
    }

    /** Most requests have no token, and the filters that verify one cost as much as the rest of a short read. */
    private static Mono<MatchResult> matchRequestsWithToken(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                ? MatchResult.match()
                : MatchResult.notMatch();
    }

    /** Otherwise each filter of Spring Security is measured in each request, and nobody reads it. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** Spring's firewall rejects control characters in headers and parameters; without this it would not say why. */
    @Bean
    ServerExchangeRejectedHandler firewall() {
        return (exchange, rejected) -> Mono.error(() ->
                Problem.PARAMETER_INVALID.exception("Headers or parameters contain characters that are not allowed."));
    }
}
