package kinoteka.gateway.upstream.instance;

import java.net.URI;
import kinoteka.gateway.upstream.Upstream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the catalogue, and what is known of it. Health checks say whether it is healthy; requests that cannot reach it eject it
 * before the next health check would notice. One successful health check ends both. Thread-safe.
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
     * An instance whose health is unknown.
     *
     * @param failedChecksAllowed health checks that may fail in a row
     * @param failuresToEject requests in a row that cannot reach the instance until it is ejected
     */
    UpstreamInstance(URI uri, Upstream client, int failedChecksAllowed, int failuresToEject) {
        this.uri = uri;
        this.client = client;
        this.failedChecksAllowed = failedChecksAllowed;
        this.failuresToEject = failuresToEject;
    }

    /** Calls this instance. */
    Upstream client() {
        return client;
    }

    /** Whether the health checks succeed. */
    boolean isHealthy() {
        return health == Health.HEALTHY;
    }

    /** Whether requests should be sent to it; also before the first health check. */
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
            LOG.warn("catalogue {} is unhealthy: {} health checks in a row failed: {}", uri, failedChecks, cause);
        }
    }

    /** A request has reached it. */
    void markReached() {
        if (failures != 0) {
            failures = 0;
        }
    }

    /** A request could not reach it. */
    synchronized void markUnreachable(String cause) {
        failures = failures + 1;
        if (failures >= failuresToEject && !ejected) {
            ejected = true;
            LOG.warn("catalogue {} is ejected: {} requests in a row could not reach it: {}", uri, failures, cause);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
