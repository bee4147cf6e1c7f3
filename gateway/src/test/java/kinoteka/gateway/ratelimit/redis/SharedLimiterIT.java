package kinoteka.gateway.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kinoteka.gateway.ratelimit.bucket.BucketKey;
import kinoteka.gateway.ratelimit.bucket.Claim;
import kinoteka.gateway.ratelimit.bucket.Decision;
import kinoteka.gateway.ratelimit.bucket.Group;
import kinoteka.gateway.ratelimit.bucket.Limit;
import kinoteka.gateway.ratelimit.bucket.LocalLimiter;
import kinoteka.gateway.ratelimit.bucket.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts in a real Redis. The rate is so small that no token is added during a test. */
class SharedLimiterIT {

    private static final int BURST = 20;
    private static final Map<Group, Limit> LIMITS = new EnumMap<>(Map.of(
            Group.REQUESTS, new Limit(0.01, BURST),
            Group.LISTS, new Limit(0.01, BURST),
            Group.WRITES, new Limit(0.01, 2),
            Group.ACCOUNTS, new Limit(0.01, 1)));

    private final RedisServer redis = new RedisServer();
    private final List<SharedLimiter> gateways = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        redis.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        gateways.forEach(SharedLimiter::close);
        redis.kill();
    }

    @Test
    void gatewaysCountTogether() {
        var first = gateway(OnFailure.REJECT);
        var second = gateway(OnFailure.REJECT);

        for (var left = BURST - 1; left >= 0; left--) {
            assertThat(read(left % 2 == 0 ? first : second, 1)).isEqualTo(new Decision.Allowed(left, Long.MAX_VALUE));
        }

        assertRejected(read(first, 1), new BucketKey(Scope.ADDRESS, Group.REQUESTS, 1));
        assertRejected(read(second, 1), new BucketKey(Scope.ADDRESS, Group.REQUESTS, 1));
        assertThat(read(second, 2)).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void anEmptyBucketStaysEmptyForAllGatewaysWhenTheLimitChanges() {
        var first = gateway(OnFailure.REJECT);
        var second = gateway(OnFailure.REJECT);
        while (read(first, 1) instanceof Decision.Allowed) {
            // until it is empty
        }
        assertThat(read(second, 2)).isEqualTo(new Decision.Allowed(BURST - 1, Long.MAX_VALUE));
        var changed = new EnumMap<>(LIMITS);
        changed.put(Group.REQUESTS, new Limit(0.01, 2 * BURST));

        first.change(changed, 1000, OnFailure.REJECT);

        assertRejected(read(first, 1), new BucketKey(Scope.ADDRESS, Group.REQUESTS, 1));
        assertThat(read(first, 2)).isEqualTo(new Decision.Allowed(2 * (BURST - 1) - 1, Long.MAX_VALUE));
        assertThat(read(second, 2))
                .as("counted with the latest limit, also by a gateway that does not have it yet")
                .isEqualTo(new Decision.Allowed(2 * (BURST - 1) - 2, Long.MAX_VALUE));

        second.change(changed, 1000, OnFailure.REJECT);
        assertThat(read(second, 2)).isEqualTo(new Decision.Allowed(2 * (BURST - 1) - 3, Long.MAX_VALUE));
        assertRejected(read(second, 1), new BucketKey(Scope.ADDRESS, Group.REQUESTS, 1));
    }

    @Test
    void aDebtCountsForAllGateways() {
        var first = gateway(OnFailure.REJECT);
        var second = gateway(OnFailure.REJECT);

        first.charge(1, BURST + 5);

        await().untilAsserted(
                        () -> assertThat(read(second, 1)).isInstanceOfSatisfying(Decision.Rejected.class, rejected -> {
                            assertThat(rejected.key()).isEqualTo(new BucketKey(Scope.ADDRESS, Group.REQUESTS, 1));
                            assertThat(Duration.ofNanos(rejected.nanos())).isGreaterThan(Duration.ofSeconds(580));
                        }));
        assertThat(read(first, 2)).isInstanceOf(Decision.Allowed.class);
    }

    /** Each of the two gateways combines its concurrent requests; those of different gateways are repeated if they collide. */
    @Test
    void concurrentRequestsAreCountedExactly() {
        var first = gateway(OnFailure.REJECT);
        var second = gateway(OnFailure.REJECT);
        var decisions = new ArrayList<CompletableFuture<Decision>>();
        for (var i = 0; i < 100; i++) {
            decisions.add((i % 2 == 0 ? first : second).take(new Claim(Group.REQUESTS, 1, null)));
        }

        assertThat(decisions.stream()
                        .map(CompletableFuture::join)
                        .filter(Decision.Allowed.class::isInstance)
                        .count())
                .isEqualTo(BURST);
        assertThat(first.failures() + second.failures()).isZero();
    }

    @Test
    void aRequestThatOneBucketRejectsIsCountedInNone() {
        var gateway = gateway(OnFailure.REJECT);
        var write = new Claim(Group.WRITES, 1, 7L);
        assertThat(gateway.take(write).join()).isEqualTo(new Decision.Allowed(BURST - 1, 1));
        assertThat(gateway.take(write).join()).isEqualTo(new Decision.Allowed(BURST - 2, 0));

        assertRejected(gateway.take(write).join(), new BucketKey(Scope.ADDRESS, Group.WRITES, 1));

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                        gateway.take(new Claim(Group.ACCOUNTS, 2, 7L)).join())
                .isEqualTo(new Decision.Allowed(BURST - 3, 0)));
    }

    @Test
    void withoutRedisAGatewayCountsByItself_andTogetherWithTheOthersWhenItIsBack() throws Exception {
        var gateway = gateway(OnFailure.ALLOW);
        assertThat(read(gateway, 1)).isEqualTo(new Decision.Allowed(BURST - 1, Long.MAX_VALUE));

        redis.kill();

        for (var i = 0; i < BURST; i++) {
            assertThat(read(gateway, 1)).isInstanceOf(Decision.Allowed.class);
        }
        assertRejected(read(gateway, 1), new BucketKey(Scope.ADDRESS, Group.REQUESTS, 1));
        assertThat(gateway.isUp()).isFalse();
        assertThat(gateway.failures())
                .as("requests that tried, at most one a second")
                .isBetween(1L, 15L);

        redis.start();

        awaitUp(gateway);
        assertThat(read(gateway, 1)).isInstanceOf(Decision.Allowed.class); // the new server has counted nothing yet
    }

    @Test
    void withoutRedisAllRequestsAreRejectedIfItIsSetSo() throws Exception {
        var gateway = gateway(OnFailure.REJECT);
        assertThat(read(gateway, 1)).isInstanceOf(Decision.Allowed.class);

        redis.kill();

        assertThat(read(gateway, 1)).isEqualTo(Decision.Unavailable.INSTANCE);
        redis.start();
        awaitUp(gateway);
        assertThat(read(gateway, 1)).isInstanceOf(Decision.Allowed.class);
    }

    /** Its connections stay open, so that only the time limit notices it. */
    @Test
    void aRedisThatHangsIsWaitedForByOneRequestASecond() throws Exception {
        var gateway = gateway(OnFailure.ALLOW, 1000, Duration.ofMillis(200));
        awaitUp(gateway);

        redis.suspend();
        for (var i = 0; i < 1000; i++) {
            assertThat(read(gateway, 100 + i)).isInstanceOf(Decision.Allowed.class);
        }
        assertThat(gateway.failures()).isBetween(1L, 30L);
        redis.resume();

        awaitUp(gateway);
        assertThat(read(gateway, 1).getClass()).isEqualTo(Decision.Allowed.class);
    }

    @Test
    void aGatewayStartsWithoutRedis() throws Exception {
        redis.kill();
        var gateway = gateway(OnFailure.ALLOW);
        assertThat(read(gateway, 1)).isInstanceOf(Decision.Allowed.class);
        await().until(() -> {
            read(gateway, 1);
            return gateway.failures() > 0;
        });

        redis.start();

        awaitUp(gateway);
    }

    /** New addresses share a bounded number of buckets in Redis, too. */
    @Test
    void theNumberOfBucketsInRedisIsBounded() {
        var gateway = gateway(OnFailure.REJECT, 10, Duration.ofSeconds(10));

        for (var address = 0; address < 500; address++) {
            read(gateway, address);
        }

        assertThat(gateway.buckets().size()).isEqualTo(10);
        assertThat(gateway.buckets().overflowed()).isEqualTo(490);
        assertThat(gateway.failures()).isZero();
    }

    private void awaitUp(SharedLimiter gateway) {
        await("Redis responds").atMost(Duration.ofSeconds(20)).until(() -> {
            read(gateway, 9);
            return gateway.isUp();
        });
    }

    private SharedLimiter gateway(OnFailure onFailure) {
        return gateway(
                onFailure, 1000, Duration.ofSeconds(10)); // as long as the first connection of a process may take
    }

    private SharedLimiter gateway(OnFailure onFailure, int maxBuckets, Duration timeout) {
        var ticker = Ticker.systemTicker();
        var settings = new RedisSettings(redis.uri(), timeout, onFailure);
        var gateway =
                new SharedLimiter(LIMITS, maxBuckets, settings, new LocalLimiter(LIMITS, maxBuckets, ticker), ticker);
        gateways.add(gateway);
        return gateway;
    }

    private static Decision read(SharedLimiter gateway, long address) {
        return gateway.take(new Claim(Group.REQUESTS, address, null)).join();
    }

    private static void assertRejected(Decision decision, BucketKey by) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Rejected.class, rejected -> assertThat(rejected.key())
                .isEqualTo(by));
    }
}
