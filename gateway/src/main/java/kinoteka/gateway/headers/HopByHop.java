package kinoteka.gateway.headers;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The headers that concern one connection only (RFC 9110, 7.6.1) and are never passed on. */
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

    /** Values that name nothing else; nearly every {@code Connection} header is one of them. */
    private static final Set<String> USUAL = Set.of("keep-alive", "close");

    private HopByHop() {}

    /**
     * The names to leave out, in lower case.
     *
     * @param connection values of the message's own {@code Connection} headers, which may name more
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
