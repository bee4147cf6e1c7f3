package kinoteka.catalog.security;

import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import reactor.core.publisher.Mono;

/** The caller of the request that is being handled, for code that no controller passes it to. */
public final class CurrentCaller {

    private CurrentCaller() {}

    /** Always has a value: without a token, or outside a request, the caller is anonymous. */
    public static Mono<Caller> get() {
        return ReactiveSecurityContextHolder.getContext()
                .flatMap(context -> Mono.justOrEmpty(context.getAuthentication()))
                .ofType(JwtAuthenticationToken.class)
                .map(authenticated -> Caller.of(authenticated.getToken()))
                .defaultIfEmpty(Caller.ANONYMOUS);
    }
}
