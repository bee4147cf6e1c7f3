package kinoteka.catalog.client;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Reads for gateways that store the response: they ask that it is read from the primary, because a replica may be behind a change that
 * they have already been told of, and the response states that it was. Clients cannot ask: a gateway removes the header from what it
 * forwards, in both directions.
 */
@Component
public class PrimaryReads {

    static final String HEADER = "Gateway-Read";

    /** For the gateway only, instead of {@code Cache-Control} (RFC 9213): it is told of changes, and no other cache is. */
    static final String CACHE_CONTROL = "Gateway-Cache-Control";

    private static final String PRIMARY = "primary";
    private static final String LIFETIME = "max-age=300, stale-if-error=600";

    private final GatewayCredentials credentials;

    PrimaryReads(GatewayCredentials credentials) {
        this.credentials = credentials;
    }

    /** Whether a gateway asks that this request is read from the primary. */
    public boolean isRequested(HttpHeaders request) {
        return PRIMARY.equals(request.getFirst(HEADER)) && credentials.isOfGateway(request);
    }

    /** Whether a gateway asks so for itself, and not for a client whose request it forwards. */
    public boolean isRequestedByGatewayItself(HttpHeaders request) {
        return PRIMARY.equals(request.getFirst(HEADER)) && credentials.isOfGatewayItself(request);
    }

    /** States that the response is read from the primary, and may be stored by the gateway. */
    public void state(HttpHeaders response) {
        response.set(HEADER, PRIMARY);
        response.set(CACHE_CONTROL, LIFETIME);
    }
}
