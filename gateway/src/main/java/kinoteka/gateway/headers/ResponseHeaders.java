package kinoteka.gateway.headers;

import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** The upstream's headers as the client gets them: nothing of the connection, nothing of what runs there. */
public final class ResponseHeaders implements HttpHeadersFilter {

    private static final Set<String> INSIDES = Set.of("server", "x-powered-by");

    @Override
    public HttpHeaders filter(HttpHeaders answered, ServerWebExchange exchange) {
        var hopByHop = HopByHop.names(answered.getOrEmpty(HttpHeaders.CONNECTION));
        var headers = new HttpHeaders();
        answered.forEach((name, values) -> {
            var lowerCase = name.toLowerCase(Locale.ROOT);
            if (!hopByHop.contains(lowerCase) && !INSIDES.contains(lowerCase)) {
                headers.addAll(name, values);
            }
        });
        return headers;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }
}
