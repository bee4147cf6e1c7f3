package kinoteka.gateway.upstream;

import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One place where the catalogue may be, and whether it answers there. Thread-safe. */
final class Address {

    private static final Logger LOG = LoggerFactory.getLogger(Address.class);

    private final URI uri;
    private final int failuresAllowed;
    private volatile boolean up = true; // until the first probe, which comes at once, says otherwise
    private int failures;

    /** @param failuresAllowed probes that may fail in a row */
    Address(URI uri, int failuresAllowed) {
        this.uri = uri;
        this.failuresAllowed = failuresAllowed;
    }

    /** Where this path and query are. */
    URI of(String pathAndQuery) {
        return URI.create(uri + pathAndQuery);
    }

    boolean isUp() {
        return up;
    }

    synchronized void answers() {
        failures = 0;
        if (!up) {
            up = true;
            LOG.info("catalogue {} answers", uri);
        }
    }

    /** A probe failed. */
    synchronized void fails(String how) {
        failures++;
        if (failures > failuresAllowed) {
            isDown(how);
        }
    }

    /** No connection can be made: it does not take more to be sure. */
    synchronized void isUnreachable(Throwable why) {
        failures = failuresAllowed;
        isDown(why.toString());
    }

    private void isDown(String why) {
        if (up) {
            up = false;
            LOG.warn("catalogue {} does not answer: {}", uri, why);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
