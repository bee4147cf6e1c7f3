package kinoteka.gateway.headers;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.upstream.UpstreamSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Creates the headers of a request to the catalogue from those of the client. Hop-by-hop headers are removed, and so are all headers in
 * which a client could claim an address or a proxy. The gateway sets those itself, and authenticates them by its credential.
 */
@Component
public final class RequestHeaders {

    private static final String CREDENTIAL = "Gateway-Credential";
    private static final Set<String> REPLACED =
            Set.of("host", "content-length", "expect", "forwarded", "x-real-ip", Trace.TRACEPARENT, Trace.TRACESTATE);

    /** The prefixes of Netty's internal headers. */
    private static final String NETTY_HTTP2 = "x-http2-";

    private static final String NETTY_HTTP3 = "x-http3-";

    private static final String FORWARDED = "x-forwarded-";

    /** The prefix of the headers that the gateway and the catalogue send to each other. */
    static final String INTERNAL = "gateway-";

    private volatile @Nullable String credential;

    RequestHeaders(Live<UpstreamSettings> settings) {
        credential = settings.get().credential();
        settings.onChange(changed -> credential = changed.credential());
    }

    /** Returns the headers of a request that the gateway makes itself and not for a client. */
    public HttpHeaders own() {
        var headers = new DefaultHttpHeaders();
        authenticate(headers, "own ");
        return headers;
    }

    private void authenticate(HttpHeaders headers, String purpose) {
        var current = credential;
        if (current != null) {
            headers.set(CREDENTIAL, purpose + current);
        }
    }

    /** Returns the headers of the request to the catalogue, except for those that the upstream client adds. Netty validates them. */
    public HttpHeaders forward(HttpServerRequest received, Trace trace) {
        var sent = received.requestHeaders();
        var hopByHop = HopByHop.names(sent.getAll(HttpHeaderNames.CONNECTION));
        var headers = new DefaultHttpHeaders();
        for (var entries = sent.iteratorAsString(); entries.hasNext(); ) {
            var entry = entries.next();
            var name = entry.getKey().toLowerCase(Locale.ROOT);
            if (!hopByHop.contains(name)
                    && !REPLACED.contains(name)
                    && !name.startsWith(NETTY_HTTP2)
                    && !name.startsWith(NETTY_HTTP3)
                    && !name.startsWith(FORWARDED)
                    && !name.startsWith(INTERNAL)) {
                headers.add(entry.getKey(), entry.getValue());
            }
        }
        headers.set(Trace.TRACEPARENT, trace.traceparent());
        if (trace.continued()) {
            headers.add(Trace.TRACESTATE, sent.getAll(Trace.TRACESTATE));
        }
        var client = received.remoteAddress();
        if (client != null) {
            headers.set("X-Forwarded-For", client.getAddress().getHostAddress());
        }
        headers.set("X-Forwarded-Proto", received.scheme());
        authenticate(headers, "forwarded ");
        var host = sent.get(HttpHeaderNames.HOST);
        if (host != null) {
            headers.set("X-Forwarded-Host", host);
        }
        return headers;
    }
}
