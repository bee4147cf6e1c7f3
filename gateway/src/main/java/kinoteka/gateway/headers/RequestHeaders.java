package kinoteka.gateway.headers;

import java.util.Locale;
import java.util.Set;
import kinoteka.gateway.trace.Trace;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The client's headers as the upstream gets them: without the headers of the connection, and without everything that a client
 * claims about its address and its route. The gateway sets those headers itself, and proves with its credential that it did.
 */
public final class RequestHeaders implements HttpHeadersFilter {

    private static final String CREDENTIAL = "Gateway-Credential";

    private static final Set<String> NOT_THE_CLIENTS = Set.of(
            "host",
            "expect",
            "forwarded",
            "x-real-ip",
            CREDENTIAL.toLowerCase(Locale.ROOT),
            Trace.TRACEPARENT,
            Trace.TRACESTATE);

    /** Netty's names for the pseudo-headers of HTTP/2. */
    private static final String NETTYS = "x-http2-";

    private static final String FORWARDED = "x-forwarded-";

    private final @Nullable String credential;

    /**
     * @param credential by which the upstream recognizes this gateway; null where it needs none
     */
    public RequestHeaders(@Nullable String credential) {
        this.credential = credential;
    }

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var sent = received.requestHeaders();
        var hopByHop = HopByHop.names(sent.getAll(HttpHeaders.CONNECTION));
        var trace = Trace.of(exchange);
        var headers = new HttpHeaders();
        for (var header : sent) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (!hopByHop.contains(name)
                    && !NOT_THE_CLIENTS.contains(name)
                    && !name.startsWith(NETTYS)
                    && !name.startsWith(FORWARDED)) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        headers.set(Trace.TRACEPARENT, trace.traceparent());
        if (trace.continued()) {
            sent.getAll(Trace.TRACESTATE).forEach(state -> headers.add(Trace.TRACESTATE, state));
        }
        var client = received.remoteAddress();
        if (client != null) {
            headers.set("X-Forwarded-For", client.getAddress().getHostAddress());
        }
        headers.set("X-Forwarded-Proto", received.scheme());
        if (credential != null) {
            headers.set(CREDENTIAL, "forwarded " + credential);
        }
        var host = sent.get(HttpHeaders.HOST);
        if (host != null) {
            headers.set("X-Forwarded-Host", host);
        }
        return headers;
    }
}
