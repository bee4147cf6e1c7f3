package kinoteka.gateway.ratelimit.bucket;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketListener;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.MathType;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.LockFreeBucket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Counts requests in this process. Thread-safe and lock-free. */
public final class LocalLimiter {

    /** Requests that are between the search for their bucket and their count must not find it removed as full. */
    private static final long SLACK = TimeUnit.SECONDS.toNanos(1);

    private volatile Map<Group, Policy> policies = new EnumMap<>(Group.class);
    private final BucketTable<LockFreeBucket> buckets;
    private final TimeMeter clock;

    /**
     * Creates a limiter without any counts.
     *
     * @param maxBuckets number of buckets of clients, at least 1
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    public LocalLimiter(Map<Group, Limit> limits, int maxBuckets, Ticker nanoClock) {
        policies = policies(limits);
        clock = new NanoClock(nanoClock);
        buckets = new BucketTable<>(maxBuckets, this::create, this::nanosUntilFull, nanoClock);
    }

    /**
     * Changes the limits. Each bucket keeps the share of its tokens: an empty one stays empty, and a full one is full under the new limit.
     *
     * @param maxBuckets number of buckets of clients, at least 1
     */
    public void change(Map<Group, Limit> limits, int maxBuckets) {
        buckets.setMax(maxBuckets);
        policies = policies(limits);
        buckets.update(this::adapt); // also those whose clients send nothing at present
    }

    private Map<Group, Policy> policies(Map<Group, Limit> limits) {
        var changed = new EnumMap<Group, Policy>(Group.class);
        limits.forEach((group, limit) -> {
            var previous = policies.get(group);
            changed.put(
                    group,
                    previous != null && previous.limit().equals(limit)
                            ? previous
                            : new Policy(limit, limit.configuration()));
        });
        return changed;
    }

    @SuppressWarnings(
            "ReferenceEquality") // each change of a limit creates one configuration, and a comparison of contents costs
    // more
    private void adapt(BucketKey key, LockFreeBucket bucket) {
        var configuration = policy(key).configuration();
        if (bucket.getConfiguration() != configuration) {
            bucket.replaceConfiguration(configuration, TokensInheritanceStrategy.PROPORTIONALLY);
        }
    }

    /** Takes a token from each bucket of a request; if one is empty, from none. */
    public Decision take(Claim claim) {
        var keys = claim.keys();
        var taken = new ArrayList<LockFreeBucket>(keys.size());
        var requests = Long.MAX_VALUE;
        var grouped = Long.MAX_VALUE;
        for (var key : keys) {
            var entry = buckets.get(key);
            adapt(entry.key(), entry.bucket()); // if it was created while the limits changed
            ConsumptionProbe probe = entry.bucket().tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                giveBack(taken);
                return new Decision.Rejected(entry.key(), probe.getNanosToWaitForRefill());
            }
            taken.add(entry.bucket());
            if (key.group() == Group.REQUESTS) {
                requests = Math.min(requests, probe.getRemainingTokens());
            } else {
                grouped = Math.min(grouped, probe.getRemainingTokens());
            }
        }
        return new Decision.Allowed(requests, grouped);
    }

    private static void giveBack(List<LockFreeBucket> taken) {
        for (var bucket : taken) {
            bucket.addTokens(1);
        }
    }

    /**
     * Takes tokens from the bucket of all requests of this address, even if it has fewer. Its number of tokens may become negative, and requests
     * are rejected until it is positive again. That of a bucket that several clients share only falls to 0, because the others would be
     * rejected, too.
     *
     * @param tokens positive
     */
    public void charge(long address, long tokens) {
        var entry = buckets.get(BucketKey.ofAddress(address));
        adapt(entry.key(), entry.bucket());
        if (entry.key().scope() == Scope.OVERFLOW) {
            entry.bucket().tryConsumeAsMuchAsPossible(tokens);
        } else {
            entry.bucket().consumeIgnoringRateLimits(tokens);
        }
        buckets.refresh(entry.key());
    }

    /** The buckets, for metrics. */
    public BucketTable<?> buckets() {
        return buckets;
    }

    private LockFreeBucket create(BucketKey key) {
        return new LockFreeBucket(policy(key).configuration(), MathType.INTEGER_64_BITS, clock, BucketListener.NOPE);
    }

    private long nanosUntilFull(BucketKey key, LockFreeBucket bucket) {
        var limit = policy(key).limit();
        return limit.nanosFor(Math.max(0, limit.burst() + 1 - bucket.getAvailableTokens())) + SLACK;
    }

    private Policy policy(BucketKey key) {
        return Objects.requireNonNull(policies.get(key.group()), "each group has a limit");
    }

    private record Policy(Limit limit, BucketConfiguration configuration) {}

    private record NanoClock(Ticker nanos) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanos.read();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
