package kinoteka.gateway.cors;

import java.util.List;
import java.util.Set;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.routing.Endpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Adds the headers of CORS to every response when it is committed, to problems as well, so that scripts can read them. A request of another
 * origin is processed like one that has no origin: the Fetch Standard leaves it to the browser to keep the response from the script. Spring's
 * {@code CorsProcessor} would respond to it with an empty 403, and knows nothing of the allow-list.
 */
@Component
@Conditional(OriginsConfigured.class)
class CorsFilter implements PublicFilter {

    private final boolean any;
    private final Set<String> origins;
    private final boolean credentials;
    private final @Nullable String allowedHeaders;
    private final @Nullable String exposedHeaders;
    private final String maxAge;

    CorsFilter(CorsSettings settings) {
        any = settings.isAnyAllowed();
        origins = Set.copyOf(settings.allowedOrigins());
        credentials = settings.credentials();
        allowedHeaders = join(settings.allowedHeaders());
        exposedHeaders = join(settings.exposedHeaders());
        maxAge = Long.toString(settings.maxAge().toSeconds());
    }

    private static @Nullable String join(List<String> names) {
        return names.isEmpty() ? null : String.join(", ", names);
    }

    @Override
    public Stage stage() {
        return Stage.CORS;
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> {
            addHeaders(exchange);
            return Mono.empty();
        });
        return chain.filter(exchange);
    }

    private void addHeaders(ServerWebExchange exchange) {
        var headers = exchange.getResponse().getHeaders();
        if (any) { // the same for all, so that caches need to keep one response only
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, CorsSettings.ANY);
        } else {
            headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            var origin = exchange.getRequest().getHeaders().getOrigin();
            if (origin == null || !origins.contains(origin)) {
                return;
            }
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            if (credentials) {
                headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            }
        }
        if (exchange.getRequest().getMethod().equals(HttpMethod.OPTIONS)) {
            addPermissions(exchange, headers);
        } else if (exposedHeaders != null) {
            headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, exposedHeaders);
        }
    }

    /** What the browser asks for with a preflight request, to which {@code routing} responds as to each OPTIONS. */
    private void addPermissions(ServerWebExchange exchange, HttpHeaders headers) {
        var endpoint = Endpoint.of(exchange);
        if (endpoint != null
                && exchange.getRequest().getHeaders().containsHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, endpoint.allow());
            if (allowedHeaders != null) {
                headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, allowedHeaders);
            }
            headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, maxAge);
        }
    }
}
