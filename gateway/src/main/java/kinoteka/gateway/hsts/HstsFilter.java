package kinoteka.gateway.hsts;

import io.netty.util.NetUtil;
import java.util.Locale;
import kinoteka.gateway.DirectExchange;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.settings.Live;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Adds {@code Strict-Transport-Security} to every response over TLS, and to none without (RFC 6797, 7.2). Not for {@code localhost}: a browser
 * would use HTTPS for every other program there, on all of its ports. Browsers ignore it for IP addresses (RFC 6797, 8.1).
 */
@Component
@ConditionalOnProperty("kinoteka.gateway.tls.certificate")
@ConditionalOnProperty(name = "kinoteka.gateway.hsts.enabled", matchIfMissing = true)
class HstsFilter implements PublicFilter {

    private static final String NAME = "Strict-Transport-Security";

    private volatile String value;

    HstsFilter(Live<HstsSettings> settings) {
        this.value = settings.get().value();
        settings.onChange(changed -> value = changed.value());
    }

    @Override
    public Stage stage() {
        return Stage.HSTS;
    }

    @Override
    public DirectStage direct() {
        return new DirectStage() {

            @Override
            public boolean process(DirectExchange exchange) {
                if (exchange.isSecure() && isPublicName(exchange.host())) {
                    exchange.response().set(NAME, value);
                }
                return true;
            }
        };
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        if (received.scheme().equals("https") && isPublicName(received.hostName())) {
            exchange.getResponse().beforeCommit(() -> {
                exchange.getResponse().getHeaders().set(NAME, value);
                return Mono.empty();
            });
        }
        return chain.filter(exchange);
    }

    /** @param host name or address, without port */
    static boolean isPublicName(String host) {
        var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        var isLocal = name.equalsIgnoreCase("localhost")
                || name.toLowerCase(Locale.ROOT).endsWith(".localhost");
        return !isLocal && !name.startsWith("[") && !NetUtil.isValidIpV4Address(name);
    }
}
