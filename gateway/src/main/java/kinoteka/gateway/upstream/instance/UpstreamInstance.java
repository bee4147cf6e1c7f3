package kinoteka.gateway.upstream.instance;

import java.net.URI;
import kinoteka.gateway.upstream.Upstream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance of the catalogue and its state. Health checks determine whether it is healthy. Requests that cannot reach it eject it earlier
 * than the next health check would. One successful health check makes it healthy and ends the ejection. Thread-safe.
 */
final class UpstreamInstance {

    private enum Health {
        /** Not checked yet. */
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamInstance.class);

    private final URI uri;
    private final Upstream client;
    private final int failedChecksAllowed;
    private final int failuresToEject;
    private volatile Health health = Health.UNKNOWN;
    private volatile boolean ejected;
    private volatile int failures;
    private int failedChecks;

    /**
     * Creates an instance whose health is unknown.
     *
     * @param failedChecksAllowed number of consecutive health checks that may fail
     * @param failuresToEject number of consecutive requests that cannot reach the instance, after which it is ejected
     */
    UpstreamInstance(URI uri, Upstream client, int failedChecksAllowed, int failuresToEject) {
        this.uri = uri;
        this.client = client;
        this.failedChecksAllowed = failedChecksAllowed;
        this.failuresToEject = failuresToEject;
    }

    /** The client that calls this instance. */
    Upstream client() {
        return client;
    }

    /** Whether health checks succeed; false before the first one. */
    boolean isHealthy() {
        return health == Health.HEALTHY;
    }

    /** Whether requests should be sent to this instance; true before the first health check. */
    boolean isAvailable() {
        return health != Health.UNHEALTHY && !ejected;
    }

    synchronized void healthCheckSucceeded() {
        failedChecks = 0;
        failures = 0;
        if (health == Health.UNHEALTHY || ejected) {
            LOG.info("catalogue {} is available again", uri);
        }
        ejected = false;
        health = Health.HEALTHY;
    }

    synchronized void healthCheckFailed(String cause) {
        failedChecks++;
        if (failedChecks > failedChecksAllowed && health != Health.UNHEALTHY) {
            health = Health.UNHEALTHY;
            LOG.warn(
                    "catalogue {} is unhealthy after {} consecutive failed health checks: {}",
                    uri,
                    failedChecks,
                    cause);
        }
    }

    /** Records that a request has reached this instance. */
    void markReachable() {
        if (failures != 0) {
            failures = 0;
        }
    }

    /** Records that a request could not reach this instance. */
    synchronized void markUnreachable(String cause) {
        failures = failures + 1;
        if (failures >= failuresToEject && !ejected) {
            ejected = true;
            LOG.warn(
                    "catalogue {} is ejected after {} consecutive requests that could not reach it: {}",
                    uri,
                    failures,
                    cause);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
