package kinoteka.gateway.ratelimit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.ConsumptionProbe;
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

/** Counts requests in Redis, together with other gateways; in this process while Redis does not respond, if it is set so. Thread-safe. */
public final class SharedLimiter implements AutoCloseable {

    private final Map<Group, Limit> limits;
    private final RedisSettings settings;
    private final RedisConnection redis;
    private final LocalLimiter local;
    private final Outage outage;
    private final LongAdder failures = new LongAdder();

    /** What is counted in Redis for a client. It has no state of its own that could be lost, except for the requests in progress. */
    private final BucketTable<AsyncBucketProxy> buckets;

    /**
     * Creates a limiter, which begins to connect.
     *
     * @param local counts while Redis does not respond
     */
    public SharedLimiter(
            Map<Group, Limit> limits, int maxBuckets, RedisSettings settings, LocalLimiter local, Ticker nanoClock) {
        this.limits = new EnumMap<>(limits);
        this.settings = settings;
        this.redis = new RedisConnection(
                Objects.requireNonNull(settings.uri(), "only used with the address of Redis"), settings.timeout());
        this.local = local;
        this.outage = new Outage(nanoClock::read);
        this.buckets = new BucketTable<>(maxBuckets, this::create, (key, bucket) -> refillNanos(key), nanoClock);
    }

    /** Takes a token from each bucket of a request; if one is empty, from none. The result may be completed by any thread. */
    public CompletableFuture<Decision> take(Claim claim) {
        if (!outage.tryEnter()) {
            return CompletableFuture.completedFuture(withoutRedis(claim));
        }
        return redis.buckets()
                .thenCompose(manager -> takeAll(claim))
                .orTimeout(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .handle((takes, failure) -> {
                    if (failure != null) {
                        recordFailure(claim, failure);
                        return withoutRedis(claim);
                    }
                    outage.recordSuccess();
                    return decide(takes);
                });
    }

    private CompletableFuture<List<Take>> takeAll(Claim claim) {
        var takes = new ArrayList<Take>(4);
        for (var key : claim.keys()) {
            var entry = buckets.get(key);
            takes.add(new Take(entry.key(), entry.bucket(), entry.bucket().tryConsumeAndReturnRemaining(1)));
        }
        return CompletableFuture.allOf(takes.stream().map(Take::probe).toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> takes);
    }

    private void recordFailure(Claim claim, Throwable failure) {
        failures.increment();
        claim.keys().forEach(buckets::forget);
        outage.recordFailure(failure, settings.onFailure());
    }

    private Decision withoutRedis(Claim claim) {
        return settings.onFailure() == OnFailure.ALLOW ? local.take(claim) : Decision.Unavailable.INSTANCE;
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
    private AsyncBucketProxy create(BucketKey key) {
        var limit = limit(key);
        return redis.buckets()
                .join()
                .builder()
                .withOptimization(Optimizations.batching())
                .build(name(key, limit), () -> CompletableFuture.completedFuture(limit.configuration()));
    }

    /** The limit is part of the name, because Redis keeps it with the bucket: after a change of the settings, a new bucket is used. */
    private static byte[] name(BucketKey key, Limit limit) {
        return String.join(
                        ":",
                        "kinoteka:ratelimit",
                        key.scope().label(),
                        key.group().label(),
                        limit.rate() + "/" + limit.burst(),
                        Long.toHexString(key.client()))
                .getBytes(US_ASCII);
    }

    private long refillNanos(BucketKey key) {
        return limit(key).refillTime().toNanos();
    }

    private Limit limit(BucketKey key) {
        return Objects.requireNonNull(limits.get(key.group()), "each group has a limit");
    }

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
