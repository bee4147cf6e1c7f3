package kinoteka.catalog.parameter;

import org.springframework.http.codec.multipart.Part;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Keeps Spring from reading parameters from a body that is a form: parameters are in the query only. */
@Component
class QueryOnlyParameters implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(new ServerWebExchangeDecorator(exchange) {

            @Override
            public Mono<MultiValueMap<String, String>> getFormData() {
                return Mono.just(new LinkedMultiValueMap<>());
            }

            @Override
            public Mono<MultiValueMap<String, Part>> getMultipartData() {
                return Mono.just(new LinkedMultiValueMap<>());
            }
        });
    }
}
