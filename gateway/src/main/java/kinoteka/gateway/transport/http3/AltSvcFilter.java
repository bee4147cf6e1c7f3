package kinoteka.gateway.transport.http3;

import java.util.function.BiConsumer;
import kinoteka.gateway.DirectExchange;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Tells clients of HTTPS over TCP that there is HTTP/3, while it accepts connections (RFC 7838, 3). */
@Component
@ConditionalOnProperty("kinoteka.gateway.tls.certificate")
@ConditionalOnProperty("kinoteka.gateway.http3.enabled")
class AltSvcFilter implements PublicFilter {

    private static final String NAME = "Alt-Svc";
    private static final int HTTP3 = 3;

    private final Http3Settings settings;
    private final Http3Port port;

    AltSvcFilter(Http3Settings settings, Http3Port port) {
        this.settings = settings;
        this.port = port;
    }

    @Override
    public Stage stage() {
        return Stage.ALT_SVC;
    }

    @Override
    public DirectStage direct() {
        return new DirectStage() {

            @Override
            public boolean process(DirectExchange exchange) {
                if (exchange.isSecure()) {
                    addTo(exchange.response()::set);
                }
                return true;
            }
        };
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        if (received.scheme().equals("https") && received.version().majorVersion() < HTTP3) {
            exchange.getResponse().beforeCommit(() -> {
                addTo(exchange.getResponse().getHeaders()::set);
                return Mono.empty();
            });
        }
        return chain.filter(exchange);
    }

    private void addTo(BiConsumer<String, String> headers) {
        var listening = port.get();
        if (listening != 0) {
            var told = settings.publicPort() == 0 ? listening : settings.publicPort();
            headers.accept(NAME, "h3=\":" + told + "\"; ma=" + settings.maxAge().toSeconds());
        }
    }
}
