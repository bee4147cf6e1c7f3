package kinoteka.gateway.cache.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * Remembers for a short time which keys have passed, in a table of a fixed size. It may forget a key early, because another one has taken
 * its place, and it never remembers a long one; it does not confuse two keys. Thread-safe and lock-free.
 */
public final class Doorkeeper {

    private static final int PLACE_BITS = 11;

    /** The number of characters of the longest key that is remembered, so that the table takes no more than about a megabyte. */
    private static final int LONGEST_KEY = 500;

    private final AtomicReferenceArray<Passage> places = new AtomicReferenceArray<>(1 << PLACE_BITS);
    private final long memory;
    private final LongSupplier nanoClock;

    /**
     * Creates an object that remembers nothing.
     *
     * @param memory how long a key is remembered
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    public Doorkeeper(Duration memory, LongSupplier nanoClock) {
        this.memory = memory.toNanos();
        this.nanoClock = nanoClock;
    }

    /** Whether this key has passed a short time ago. */
    public boolean remembers(CacheKey key) {
        var passage = places.get(place(key));
        return passage != null && nanoClock.getAsLong() - passage.time < memory && passage.key.equals(key);
    }

    /** Remembers that this key passes now. */
    public void remember(CacheKey key) {
        if (key.target().length() + key.selected().length() <= LONGEST_KEY) {
            places.set(place(key), new Passage(key, nanoClock.getAsLong()));
        }
    }

    private static int place(CacheKey key) {
        return (key.hashCode() * 0x9E37_79B9) >>> (Integer.SIZE - PLACE_BITS);
    }

    private record Passage(CacheKey key, long time) {}
}
