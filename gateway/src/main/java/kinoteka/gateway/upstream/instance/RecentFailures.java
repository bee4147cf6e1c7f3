package kinoteka.gateway.upstream.instance;

/**
 * The share of an instance's latest responses that were failures, which is halved in each second without responses. An instance that fails
 * at once has few calls in progress and would otherwise attract all of them. Thread-safe; concurrent responses may be counted as one.
 */
final class RecentFailures {

    private static final double WEIGHT = 1.0 / 32;
    private static final double FORGOTTEN = 1e-6;

    /** A few failures happen to every instance, and must not move all requests to another one. */
    private static final double NEGLIGIBLE = 0.1;

    private static final double HALF_LIFE_NANOS = 1e9;

    private volatile double share;
    private volatile long updated;

    /**
     * Records a response, or that there was none.
     *
     * @param now nanoseconds since an arbitrary fixed time
     */
    void record(boolean failed, long now) {
        if (failed || share > FORGOTTEN) {
            var current = decayed(now);
            share = current + ((failed ? 1 : 0) - current) * WEIGHT;
            updated = now;
        }
    }

    /** The share of failures, 0 to 1. A small one is reported as 0. */
    double share(long now) {
        var current = share == 0 ? 0 : decayed(now);
        return current < NEGLIGIBLE ? 0 : current;
    }

    private double decayed(long now) {
        return share * Math.pow(2, -(now - updated) / HALF_LIFE_NANOS);
    }
}
