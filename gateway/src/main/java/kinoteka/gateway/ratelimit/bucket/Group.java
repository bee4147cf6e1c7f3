package kinoteka.gateway.ratelimit.bucket;

import java.util.Locale;
import kinoteka.gateway.routing.Destination;
import kinoteka.gateway.routing.Endpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** The groups of requests that have a limit. The groups are code rather than configuration, as the endpoints are; their limits are settings. */
public enum Group {
    /** All requests. */
    REQUESTS,
    /** Reads of lists, of streams of events, and of the files of the documentation. */
    LISTS,
    /** Requests that create, change or delete something, except those of {@link #ACCOUNTS}. */
    WRITES,
    /** Registrations and changes of accounts, for which the catalogue may have to hash a password. */
    ACCOUNTS;

    /** The name of the policy in responses, and the value of the metric label {@code group}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the group whose limit applies to a request in addition to that of all requests; {@link #REQUESTS} if there is none.
     *
     * @param endpoint null if the path is not on the allow-list
     */
    public static Group of(@Nullable Endpoint endpoint, HttpMethod method) {
        if (endpoint == null || endpoint.destination() != Destination.CATALOGUE || method.equals(HttpMethod.OPTIONS)) {
            return REQUESTS;
        }
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            return endpoint.isLong() ? LISTS : REQUESTS;
        }
        var hashes = (endpoint == Endpoint.CUSTOMERS && method.equals(HttpMethod.POST))
                || (endpoint == Endpoint.CUSTOMER && method.equals(HttpMethod.PATCH));
        return hashes ? ACCOUNTS : WRITES;
    }
}
