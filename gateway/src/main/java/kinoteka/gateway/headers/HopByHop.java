package kinoteka.gateway.headers;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The hop-by-hop headers, which concern a single connection and must not be forwarded (RFC 9110, 7.6.1). */
final class HopByHop {

    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** Values of {@code Connection} that name no further header. Nearly all requests and responses have one of these, or none. */
    private static final Set<String> USUAL = Set.of("keep-alive", "close");

    private HopByHop() {}

    /**
     * Returns the names of the headers that must not be forwarded, in lower case.
     *
     * @param connection the values of the {@code Connection} headers of the message, which may name further headers
     */
    static Set<String> names(List<String> connection) {
        if (connection.isEmpty() || (connection.size() == 1 && USUAL.contains(connection.getFirst()))) {
            return ALWAYS;
        }
        var names = new HashSet<>(ALWAYS);
        for (var value : connection) {
            for (var name : value.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
