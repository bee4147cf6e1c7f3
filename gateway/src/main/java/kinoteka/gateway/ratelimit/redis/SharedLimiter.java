package kinoteka.gateway.ratelimit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import kinoteka.gateway.ratelimit.bucket.BucketKey;
import kinoteka.gateway.ratelimit.bucket.BucketTable;
import kinoteka.gateway.ratelimit.bucket.Claim;
import kinoteka.gateway.ratelimit.bucket.Decision;
import kinoteka.gateway.ratelimit.bucket.Group;
import kinoteka.gateway.ratelimit.bucket.Limit;
import kinoteka.gateway.ratelimit.bucket.LocalLimiter;
import kinoteka.gateway.ratelimit.bucket.Scope;

/** Counts requests in Redis, together with other gateways; in this process while Redis does not respond, if it is set so. Thread-safe. */
public final class SharedLimiter implements AutoCloseable {

    private volatile Limits limits;
    private volatile OnFailure onFailure;
    private final RedisSettings settings;
    private final RedisConnection redis;
    private final LocalLimiter local;
    private final Outage outage;
    private final LongAdder failures = new LongAdder();

    /** What is counted in Redis for a client. It has no state of its own that could be lost, except for the requests in progress. */
    private final BucketTable<SharedBucket> buckets;

    /**
     * Creates a limiter, which begins to connect.
     *
     * @param local counts while Redis does not respond
     */
    public SharedLimiter(
            Map<Group, Limit> limits, int maxBuckets, RedisSettings settings, LocalLimiter local, Ticker nanoClock) {
        this.limits = Limits.after(0, limits);
        this.onFailure = settings.onFailure();
        this.settings = settings;
        this.redis = new RedisConnection(
                Objects.requireNonNull(settings.uri(), "only used with the address of Redis"), settings.timeout());
        this.local = local;
        this.outage = new Outage(nanoClock::read);
        this.buckets = new BucketTable<>(maxBuckets, this::create, (key, bucket) -> refillNanos(key), nanoClock);
    }

    /**
     * Changes the limits. Each bucket keeps the share of its tokens in Redis: an empty one stays empty, and a full one is full under the new
     * limit.
     *
     * @param maxBuckets number of buckets of clients, at least 1
     */
    public void change(Map<Group, Limit> newLimits, int maxBuckets, OnFailure consequence) {
        onFailure = consequence;
        buckets.setMax(maxBuckets);
        if (!limits.byGroup.equals(newLimits)) {
            limits = Limits.after(limits.version, newLimits);
        }
    }

    /** Takes a token from each bucket of a request; if one is empty, from none. The result may be completed by any thread. */
    public CompletableFuture<Decision> take(Claim claim) {
        var admission = outage.tryEnter();
        if (admission == Outage.Admission.REFUSED) {
            return CompletableFuture.completedFuture(withoutRedis(claim));
        }
        return redis.buckets()
                .thenCompose(manager -> takeAll(claim))
                .orTimeout(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .handle((takes, failure) -> {
                    if (failure != null) {
                        recordFailure(claim.keys(), failure);
                        return withoutRedis(claim);
                    }
                    outage.recordSuccess(admission);
                    return decide(takes);
                });
    }

    private CompletableFuture<List<Take>> takeAll(Claim claim) {
        var takes = new ArrayList<Take>(4);
        for (var key : claim.keys()) {
            var entry = bucket(key);
            var bucket = entry.bucket().proxy();
            takes.add(new Take(entry.key(), bucket, bucket.tryConsumeAndReturnRemaining(1)));
        }
        return CompletableFuture.allOf(takes.stream().map(Take::probe).toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> takes);
    }

    private BucketTable.Entry<SharedBucket> bucket(BucketKey key) {
        var entry = buckets.get(key);
        if (entry.bucket().version() == limits.version) {
            return entry;
        }
        buckets.forget(key); // it has the previous limit; what it counts is in Redis
        return buckets.get(key);
    }

    /**
     * Takes tokens from the bucket of all requests of this address, even if it has fewer. Its number of tokens may become negative, and requests
     * are rejected until it is positive again. That of a bucket that several clients share only falls to 0, because the others would be
     * rejected, too.
     *
     * @param tokens positive
     */
    public void charge(long address, long tokens) {
        if (outage.isOver()) {
            var key = BucketKey.ofAddress(address);
            var unused = redis.buckets()
                    .thenCompose(manager -> consume(bucket(key), tokens))
                    .orTimeout(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete((penalty, failure) -> {
                        if (failure != null) {
                            recordFailure(List.of(key), failure);
                        }
                    });
        } else {
            local.charge(address, tokens);
        }
    }

    private static CompletableFuture<Long> consume(BucketTable.Entry<SharedBucket> entry, long tokens) {
        var bucket = entry.bucket().proxy();
        return entry.key().scope() == Scope.OVERFLOW
                ? bucket.tryConsumeAsMuchAsPossible(tokens)
                : bucket.consumeIgnoringRateLimits(tokens);
    }

    private void recordFailure(List<BucketKey> keys, Throwable failure) {
        failures.increment();
        keys.forEach(buckets::forget);
        outage.recordFailure(failure, onFailure);
    }

    private Decision withoutRedis(Claim claim) {
        return onFailure == OnFailure.ALLOW ? local.take(claim) : Decision.Unavailable.INSTANCE;
    }

    private static Decision decide(List<Take> takes) {
        var rejecting =
                takes.stream().filter(take -> !take.result().isConsumed()).findFirst();
        if (rejecting.isPresent()) {
            takes.stream().filter(take -> take.result().isConsumed()).forEach(Take::giveBack);
            return new Decision.Rejected(
                    rejecting.get().key(), rejecting.get().result().getNanosToWaitForRefill());
        }
        var requests = Long.MAX_VALUE;
        var grouped = Long.MAX_VALUE;
        for (var take : takes) {
            if (take.key().group() == Group.REQUESTS) {
                requests = Math.min(requests, take.result().getRemainingTokens());
            } else {
                grouped = Math.min(grouped, take.result().getRemainingTokens());
            }
        }
        return new Decision.Allowed(requests, grouped);
    }

    /** The number of requests for which Redis did not respond in time. */
    public long failures() {
        return failures.sum();
    }

    /** Whether Redis responded to the last request. */
    boolean isUp() {
        return outage.isOver();
    }

    /** The buckets, for metrics. */
    public BucketTable<?> buckets() {
        return buckets;
    }

    @Override
    public void close() {
        redis.close();
    }

    /** Requests of one client that arrive while Redis is asked about it are counted by one command. Only called while connected. */
    private SharedBucket create(BucketKey key) {
        var current = limits;
        var configuration = current.get(key).configuration();
        var proxy = redis.buckets()
                .join()
                .builder()
                .withOptimization(Optimizations.batching())
                .withImplicitConfigurationReplacement(current.version, TokensInheritanceStrategy.PROPORTIONALLY)
                .build(name(key), () -> CompletableFuture.completedFuture(configuration));
        return new SharedBucket(proxy, current.version);
    }

    private static byte[] name(BucketKey key) {
        return String.join(
                        ":",
                        "kinoteka:ratelimit",
                        key.scope().label(),
                        key.group().label(),
                        Long.toHexString(key.client()))
                .getBytes(US_ASCII);
    }

    private long refillNanos(BucketKey key) {
        return limits.get(key).refillTime().toNanos();
    }

    /**
     * The limits of all groups.
     *
     * @param version the time since which this gateway has them, in milliseconds since 1970. Redis keeps the limit and its version with each
     *     bucket; a gateway with a later version replaces it. So the latest change applies to all gateways that count together
     */
    private record Limits(Map<Group, Limit> byGroup, long version) {

        static Limits after(long previous, Map<Group, Limit> limits) {
            return new Limits(new EnumMap<>(limits), Math.max(System.currentTimeMillis(), previous + 1));
        }

        Limit get(BucketKey key) {
            return Objects.requireNonNull(byGroup.get(key.group()), "each group has a limit");
        }
    }

    /** A bucket in Redis, and the version of the limits with which this gateway uses it. */
    private record SharedBucket(AsyncBucketProxy proxy, long version) {}

    /** A token that has been asked for. */
    private record Take(BucketKey key, AsyncBucketProxy bucket, CompletableFuture<ConsumptionProbe> probe) {

        /** Only called when it has arrived. */
        ConsumptionProbe result() {
            return probe.join();
        }

        void giveBack() {
            var unused = bucket.addTokens(1); // if it fails, the bucket has one token less for a moment
        }
    }
}
