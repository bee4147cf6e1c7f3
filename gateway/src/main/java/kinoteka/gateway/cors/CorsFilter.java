package kinoteka.gateway.cors;

import kinoteka.gateway.DirectExchange;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.settings.Live;
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
class CorsFilter implements PublicFilter {

    private volatile CorsPolicy policy;

    CorsFilter(Live<CorsSettings> settings) {
        policy = new CorsPolicy(settings.get());
        settings.onChange(changed -> policy = new CorsPolicy(changed));
    }

    @Override
    public Stage stage() {
        return Stage.CORS;
    }

    @Override
    public DirectStage direct() {
        return new DirectStage() {

            @Override
            public boolean admits(DirectExchange exchange) {
                return !policy.isAnyAllowed();
            }
        };
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        var current = policy;
        if (current.isAnyAllowed()) {
            exchange.getResponse().beforeCommit(() -> {
                current.addHeaders(exchange);
                return Mono.empty();
            });
        }
        return chain.filter(exchange);
    }
}
