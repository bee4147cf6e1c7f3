package kinoteka.catalog.client;

import java.util.Locale;

/**
 * The client of a request. Requests of one client have equal values, so that a limit for each client can use this as the key
 * of a map. A controller's method gets it as a parameter; other code asks {@link Clients}.
 *
 * @param kind how the client is known
 * @param id unique within the kind: the subject of the token, or the network address
 */
public record Client(Kind kind, String id) {

    /** How a client is known. */
    public enum Kind {
        /** By its address: the request has no token. An IPv6 client is known by its /56 network, of which it has every address. */
        ANONYMOUS,
        /** By the subject of its verified token, whatever its address. */
        AUTHENTICATED,
        /** By a gateway's credential: the gateway makes this request itself, and not for a client. */
        GATEWAY;

        /** The value of a metric's label. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a gateway makes this request itself. False for a request that a gateway forwards for its client. */
    public boolean isGateway() {
        return kind == Kind.GATEWAY;
    }
}
