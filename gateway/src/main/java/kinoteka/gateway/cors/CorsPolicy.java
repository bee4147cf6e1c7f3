package kinoteka.gateway.cors;

import java.util.List;
import java.util.Set;
import kinoteka.gateway.routing.Endpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/** What origins may do, as headers of responses. */
final class CorsPolicy {

    private final boolean all;
    private final Set<String> origins;
    private final boolean credentials;
    private final @Nullable String allowedHeaders;
    private final @Nullable String exposedHeaders;
    private final String maxAge;

    CorsPolicy(CorsSettings settings) {
        all = settings.isAnyAllowed();
        origins = Set.copyOf(settings.allowedOrigins());
        credentials = settings.credentials();
        allowedHeaders = join(settings.allowedHeaders());
        exposedHeaders = join(settings.exposedHeaders());
        maxAge = Long.toString(settings.maxAge().toSeconds());
    }

    private static @Nullable String join(List<String> names) {
        return names.isEmpty() ? null : String.join(", ", names);
    }

    /** Whether at least one origin is allowed. */
    boolean isAnyAllowed() {
        return !origins.isEmpty();
    }

    /** Adds the headers to the response of this exchange, which is about to be committed. */
    void addHeaders(ServerWebExchange exchange) {
        var headers = exchange.getResponse().getHeaders();
        if (all) { // the same for all, so that caches need to keep one response only
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
