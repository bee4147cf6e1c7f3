package kinoteka.gateway.cache.fetch;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * How the gateway asks the catalogue to read from the primary, and how the catalogue proves that it has. Headers whose names begin with
 * {@code Gateway-} are forwarded neither from clients nor to them.
 */
public final class PrimaryReads {

    private static final String HEADER = "Gateway-Read";
    private static final String PRIMARY = "primary";

    private PrimaryReads() {}

    /** Returns a copy of the headers of a request that asks for it. */
    public static HttpHeaders request(HttpHeaders headers) {
        return new DefaultHttpHeaders().add(headers).set(HEADER, PRIMARY);
    }

    /** Whether the response was read from the primary. */
    static boolean isProven(HttpHeaders response) {
        return PRIMARY.equals(response.get(HEADER));
    }
}
