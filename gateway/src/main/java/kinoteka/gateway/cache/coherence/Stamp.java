package kinoteka.gateway.cache.coherence;

/**
 * The state of the {@link Versions} that a response depends on, from before the response was requested. The counters never decrease, so
 * their sum is the same if and only if none of them has changed. Immutable.
 */
public final class Stamp {

    private final int[] counters;
    private final long sum;

    /**
     * Creates a stamp.
     *
     * @param counters indexes of counters; must not be modified
     * @param sum the sum of their values
     */
    Stamp(int[] counters, long sum) {
        this.counters = counters;
        this.sum = sum;
    }

    int[] counters() {
        return counters;
    }

    long sum() {
        return sum;
    }
}
