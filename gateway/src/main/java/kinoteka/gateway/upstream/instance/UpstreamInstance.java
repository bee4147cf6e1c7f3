package kinoteka.gateway.upstream.instance;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.InstanceClient;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * An instance of the catalogue and its state. Health checks determine whether it is healthy. Requests that cannot reach it eject it earlier
 * than the next health check would. One successful health check makes it healthy and ends the ejection. Thread-safe.
 */
final class UpstreamInstance {

    private enum Health {
        /** Not checked yet, and used nevertheless, because the gateway has just started. */
        UNKNOWN,
        /** Not checked yet, and not used. */
        NEW,
        HEALTHY,
        UNHEALTHY
    }

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamInstance.class);

    private static final int SERVER_ERROR = 500;

    /** An instance that only fails seems to have this many times as many calls in progress as it has, plus one. */
    private static final int FAILURE_PENALTY = 20;

    private final URI uri;
    private final Upstream plain;
    private final InstanceClient client;
    private final LongSupplier nanoClock;
    private final RecentFailures recentFailures = new RecentFailures();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Supplier<Thresholds> thresholds;
    private volatile Health health;
    private volatile boolean ejected;
    private volatile int failures;
    private int failedChecks;

    /**
     * Creates an instance that has not been checked.
     *
     * @param plain the client for health checks
     * @param client the client for requests, with the features of calls to one instance
     * @param nanoClock nanoseconds since an arbitrary fixed time
     * @param thresholds the current thresholds
     * @param isNew whether it must not be used before a health check has succeeded
     */
    UpstreamInstance(
            Upstream plain,
            InstanceClient client,
            LongSupplier nanoClock,
            Supplier<Thresholds> thresholds,
            boolean isNew) {
        this.uri = client.instance();
        this.plain = plain;
        this.client = client;
        this.nanoClock = nanoClock;
        this.thresholds = thresholds;
        this.health = isNew ? Health.NEW : Health.UNKNOWN;
    }

    URI uri() {
        return uri;
    }

    /** The client for health checks. They must get through when requests are rejected, because they decide whether the instance is healthy. */
    Upstream healthCheckClient() {
        return plain;
    }

    /** Calls this instance, and learns its state from the result if the call is a client's. */
    Mono<UpstreamResponse> call(UpstreamRequest request) {
        var call = client.call(request);
        return request.pool().isForClients() ? call.tap(Observation::new) : call;
    }

    /** Whether this instance rejects every call at present without sending it. */
    boolean isRejecting() {
        return client.isRejecting();
    }

    /** The number of calls in progress whose response headers have not arrived. */
    int inFlight() {
        return inFlight.get();
    }

    /**
     * The load of this instance compared with others: its calls in progress in relation to its limit, more if its responses are failures.
     *
     * @param now nanoseconds, by the clock of this instance
     */
    double load(long now) {
        return (inFlight.get() + 1.0) / client.limit() * (1 + FAILURE_PENALTY * recentFailures.share(now));
    }

    boolean isEjected() {
        return ejected;
    }

    /** Whether health checks succeed; false before the first one. */
    boolean isHealthy() {
        return health == Health.HEALTHY;
    }

    /** Whether requests should be sent to this instance. */
    boolean isAvailable() {
        var current = health;
        return (current == Health.HEALTHY || current == Health.UNKNOWN) && !ejected;
    }

    /** Determines that this instance must not be used before a health check has succeeded. */
    synchronized void requireHealthCheck() {
        health = Health.NEW;
        failedChecks = 0;
    }

    synchronized void healthCheckSucceeded() {
        failedChecks = 0;
        failures = 0;
        if (health == Health.UNHEALTHY || ejected) {
            LOG.info("catalogue {} is available again", uri);
        } else if (health == Health.NEW) {
            LOG.info("catalogue {} is healthy and receives requests from now on", uri);
        }
        ejected = false;
        health = Health.HEALTHY;
    }

    synchronized void healthCheckFailed(String cause) {
        failedChecks++;
        if (failedChecks > thresholds.get().failedChecksAllowed && health != Health.UNHEALTHY) {
            if (health == Health.HEALTHY) {
                LOG.warn(
                        "catalogue {} is unhealthy after {} consecutive failed health checks: {}",
                        uri,
                        failedChecks,
                        cause);
            } else {
                LOG.info("catalogue {} does not respond yet: {}", uri, cause);
            }
            health = Health.UNHEALTHY;
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
        if (failures >= thresholds.get().failuresToEject && !ejected) {
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

    /**
     * When an instance is not used.
     *
     * @param failedChecksAllowed number of consecutive health checks that may fail
     * @param failuresToEject number of consecutive requests that cannot reach the instance, after which it is ejected
     */
    record Thresholds(int failedChecksAllowed, int failuresToEject) {}

    /** Counts a call, and records its result. Server errors are failures only for the comparison with other instances. */
    private final class Observation extends CallListener {

        @Override
        public void doFirst() {
            inFlight.incrementAndGet();
        }

        @Override
        protected void onResponse(UpstreamResponse response) {
            inFlight.decrementAndGet();
            markReachable();
            recentFailures.record(response.status() >= SERVER_ERROR, nanoClock.getAsLong());
        }

        @Override
        protected void onFailure(Throwable failure) {
            inFlight.decrementAndGet();
            if (failure instanceof UpstreamException failed && failed.reason().isFailureOfInstance()) {
                recentFailures.record(true, nanoClock.getAsLong());
                if (failed.reason() == FailureReason.UNREACHABLE) {
                    markUnreachable(String.valueOf(failed.getMessage()));
                } else {
                    markReachable();
                }
            }
        }

        @Override
        protected void onCancelled() {
            inFlight.decrementAndGet();
        }
    }
}
