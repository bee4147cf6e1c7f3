package kinoteka.gateway.redirect;

import java.util.Locale;
import kinoteka.gateway.DirectExchange;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemResponse;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.routing.RequestTarget;
import kinoteka.gateway.tls.TlsSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Redirects requests over HTTP to HTTPS, with 308, which keeps method and body (RFC 9110, 15.4.9). The host of the new address is one of
 * those that are configured, never one that the client has made up.
 */
@Component
@ConditionalOnProperty("kinoteka.gateway.redirect.enabled")
class RedirectFilter implements PublicFilter {

    private static final int HTTPS_PORT = 443;

    private final RedirectSettings settings;
    private final String port;

    RedirectFilter(RedirectSettings settings, TlsSettings tls) {
        if (tls.certificate() == null) {
            throw new InvalidConfigurationPropertyValueException(
                    "kinoteka.gateway.redirect.enabled",
                    true,
                    "There is no HTTPS without kinoteka.gateway.tls.certificate.");
        }
        this.settings = settings;
        this.port = settings.port() == HTTPS_PORT ? "" : ":" + settings.port();
    }

    @Override
    public Stage stage() {
        return Stage.REDIRECT;
    }

    @Override
    public DirectStage direct() {
        return new DirectStage() {

            @Override
            public boolean admits(DirectExchange exchange) {
                return exchange.isSecure();
            }
        };
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        if (received.scheme().equals("https") || Endpoint.of(exchange) == Endpoint.PING) {
            return chain.filter(exchange);
        }
        var host = received.hostName().toLowerCase(Locale.ROOT);
        if (!settings.hosts().contains(host)) {
            return ProblemResponse.write(
                    exchange,
                    Problem.HTTPS_REQUIRED,
                    "Only HTTPS is served, and this is not a host name of the gateway.");
        }
        var headers = exchange.getResponse().getHeaders();
        headers.set(HttpHeaders.LOCATION, "https://" + host + port + RequestTarget.pathAndQuery(received.uri()));
        headers.set(
                HttpHeaders.CACHE_CONTROL, "no-store"); // browsers would keep it, also after it has been switched off
        exchange.getResponse().setStatusCode(HttpStatus.PERMANENT_REDIRECT);
        return exchange.getResponse().setComplete();
    }
}
