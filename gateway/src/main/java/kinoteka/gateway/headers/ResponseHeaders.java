package kinoteka.gateway.headers;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;

/** The catalogue's headers as the client receives them: none of the connection, none that tell what software runs there. */
public final class ResponseHeaders {

    private static final String DATE = "date";
    private static final Set<String> NOT_FORWARDED = Set.of("server", "x-powered-by");

    private ResponseHeaders() {}

    /** Adds the headers of a response to those of the response to the client. */
    public static void forward(HttpHeaders received, HttpHeaders response) {
        var hopByHop = HopByHop.names(received.getAll(HttpHeaderNames.CONNECTION));
        for (var entries = received.iteratorAsString(); entries.hasNext(); ) {
            var entry = entries.next();
            var name = entry.getKey().toLowerCase(Locale.ROOT);
            if (name.equals(DATE)) {
                response.set(entry.getKey(), entry.getValue()); // in place of the gateway's own (RFC 9110, 6.6.1)
            } else if (!hopByHop.contains(name) && !NOT_FORWARDED.contains(name)) {
                response.add(entry.getKey(), entry.getValue());
            }
        }
    }
}
