package kinoteka.gateway.headers;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;

/**
 * Copies the headers of the catalogue's response, without hop-by-hop headers, without those for the gateway, and without those that reveal
 * the catalogue's software.
 */
public final class ResponseHeaders {

    private static final String DATE = "date";

    private static final Set<String> NOT_FORWARDED = Set.of("server", "x-powered-by");

    private ResponseHeaders() {}

    /**
     * Copies headers.
     *
     * @param received the headers of the catalogue's response
     * @param response the headers of the response to the client
     */
    public static void forward(HttpHeaders received, HttpHeaders response) {
        var hopByHop = HopByHop.names(received.getAll(HttpHeaderNames.CONNECTION));
        for (var entries = received.iteratorAsString(); entries.hasNext(); ) {
            var entry = entries.next();
            var name = entry.getKey().toLowerCase(Locale.ROOT);
            if (name.equals(DATE)) {
                response.set(entry.getKey(), entry.getValue()); // replaces the gateway's own (RFC 9110, 6.6.1)
            } else if (!hopByHop.contains(name)
                    && !NOT_FORWARDED.contains(name)
                    && !name.startsWith(RequestHeaders.INTERNAL)) {
                response.add(entry.getKey(), entry.getValue());
            }
        }
    }
}
