package kinoteka.gateway.ratelimit.bucket;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;

/**
 * A bounded number of buckets. A full bucket is equal to one that does not exist, so a bucket is removed when it is full again, and never
 * earlier. If the bound is reached, clients without a bucket share one with others: no client can remove the bucket of another one.
 * Thread-safe.
 *
 * @param <B> the type of the buckets
 */
public final class BucketTable<B> {

    /** Shared buckets of each group. */
    private static final int SLOTS = 1024;

    private final Cache<BucketKey, B> tracked;
    private final Map<BucketKey, B> shared = new ConcurrentHashMap<>();
    private final Function<BucketKey, B> create;
    private volatile int max;
    private final LongAdder overflowed = new LongAdder();

    /**
     * Creates an empty table.
     *
     * @param max number of buckets, without the shared ones
     * @param create creates a full bucket
     * @param nanosToKeep nanoseconds after which a bucket may be removed if it is not used until then
     */
    public BucketTable(
            int max, Function<BucketKey, B> create, ToLongBiFunction<BucketKey, B> nanosToKeep, Ticker ticker) {
        this.max = max;
        this.create = create;
        this.tracked = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(
                        Runnable::run) // the upkeep is short, and the common pool would be woken up for it all the time
                .scheduler(Scheduler.systemScheduler())
                .expireAfter(new UntilFull<>(nanosToKeep))
                .build();
    }

    /** Returns a bucket, and the key under which it counts: that of a shared bucket if the bound is reached. */
    public Entry<B> get(BucketKey key) {
        var known = tracked.getIfPresent(key);
        if (known != null) {
            return new Entry<>(key, known);
        }
        if (tracked.estimatedSize() < max) {
            return new Entry<>(key, tracked.get(key, create));
        }
        overflowed.increment();
        var overflow = key.overflow(SLOTS);
        return new Entry<>(overflow, shared.computeIfAbsent(overflow, create));
    }

    /** Removes a bucket whose state is stored elsewhere, and the shared one that may be used in its place. */
    public void forget(BucketKey key) {
        tracked.invalidate(key);
        shared.remove(key.overflow(SLOTS));
    }

    /** Changes the number of buckets, without the shared ones. If there are more, none is removed before it is full. */
    public void setMax(int buckets) {
        max = buckets;
    }

    /** Changes each bucket, and determines anew how long it is kept. */
    void update(BiConsumer<BucketKey, B> change) {
        tracked.asMap().forEach((key, bucket) -> {
            change.accept(key, bucket);
            refresh(key);
        });
        shared.forEach(change);
    }

    /** Calculates again how long a bucket is kept, after something other than a request has changed its tokens or its limit. */
    void refresh(BucketKey key) {
        var unused = tracked.getIfPresent(key); // a read determines the time
    }

    /** Returns the number of buckets, without the shared ones. Those that are full but not yet removed are included. */
    public long size() {
        return tracked.estimatedSize();
    }

    /** Returns how often a shared bucket was returned. */
    public long overflowed() {
        return overflowed.sum();
    }

    void removeFullBuckets() {
        tracked.cleanUp();
    }

    /** A bucket and its key. */
    public record Entry<B>(BucketKey key, B bucket) {}

    private record UntilFull<B>(ToLongBiFunction<BucketKey, B> nanosToKeep) implements Expiry<BucketKey, B> {

        @Override
        public long expireAfterCreate(BucketKey key, B bucket, long now) {
            return nanosToKeep.applyAsLong(key, bucket);
        }

        @Override
        public long expireAfterUpdate(BucketKey key, B bucket, long now, long remaining) {
            return nanosToKeep.applyAsLong(key, bucket);
        }

        @Override
        public long expireAfterRead(BucketKey key, B bucket, long now, long remaining) {
            return nanosToKeep.applyAsLong(key, bucket);
        }
    }
}
