package kinoteka.catalog.body;

import org.springframework.http.codec.multipart.Part;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Hides form data in request bodies, so that Spring binds request parameters from the query string only. */
@Component
class FormDataFilter implements WebFilter {

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
