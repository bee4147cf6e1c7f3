package kinoteka.gateway.batching;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import kinoteka.gateway.routing.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times without calls for several resources of one kind, after the catalogue has not known such a call. Each of these calls would be in vain
 * until the catalogue, too, is updated. Thread-safe.
 */
final class Pauses {

    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);
    private static final Duration LENGTH = Duration.ofSeconds(10);

    private final LongSupplier nanoClock;
    private final Map<Endpoint, Long> ends = new ConcurrentHashMap<>();

    /**
     * Creates pauses, none of which has begun.
     *
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    Pauses(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Whether resources of this kind are read alone now. */
    boolean isPaused(Endpoint endpoint) {
        var end = ends.get(endpoint);
        return end != null && end - nanoClock.getAsLong() > 0;
    }

    /** Begins a pause, or prolongs it. */
    void begin(Endpoint endpoint) {
        var now = nanoClock.getAsLong();
        var previous = ends.put(endpoint, now + LENGTH.toNanos());
        if (previous == null || previous - now <= 0) {
            LOG.warn(
                    "the catalogue has rejected a call for several resources of {}: it is older than this gateway, or does not know its"
                            + " credential. They are read alone for {} s",
                    endpoint.label(),
                    LENGTH.toSeconds());
        }
    }
}
