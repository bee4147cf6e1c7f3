package kinoteka.gateway.ratelimit.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalLimiterTest {

    private static final long ALICE = 1;
    private static final long BOB = 2;

    private final AtomicLong clock = new AtomicLong(System.nanoTime());
    private final Map<Group, Limit> limits = new EnumMap<>(Map.of(
            Group.REQUESTS, new Limit(10, 5),
            Group.LISTS, new Limit(10, 5),
            Group.WRITES, new Limit(2, 2),
            Group.ACCOUNTS, new Limit(0.5, 1)));
    private final LocalLimiter limiter = new LocalLimiter(limits, 1000, clock::get);

    @Test
    void allowsABurstAndThenTheRate() {
        for (var left = 4; left >= 0; left--) {
            assertThat(read(ALICE)).isEqualTo(new Decision.Allowed(left, Long.MAX_VALUE));
        }
        assertThat(read(ALICE)).isEqualTo(rejected(Scope.ADDRESS, Group.REQUESTS, ALICE, Duration.ofMillis(100)));

        advance(Duration.ofMillis(99));
        assertThat(read(ALICE)).isInstanceOf(Decision.Rejected.class);
        advance(Duration.ofMillis(1));
        assertThat(read(ALICE)).isInstanceOf(Decision.Allowed.class);
        assertThat(read(ALICE)).isInstanceOf(Decision.Rejected.class);
    }

    @Test
    void anEmptyBucketStaysEmptyWhenTheLimitChanges() {
        exhaust(ALICE);

        change(new Limit(10, 5000));

        assertThat(read(ALICE)).isEqualTo(rejected(Scope.ADDRESS, Group.REQUESTS, ALICE, Duration.ofMillis(100)));
        assertThat(read(BOB)).isEqualTo(new Decision.Allowed(4999, Long.MAX_VALUE));
    }

    @Test
    void aBucketKeepsTheShareOfItsTokensWhenTheLimitChanges() {
        read(ALICE);

        change(new Limit(10, 50));
        assertThat(read(ALICE)).isEqualTo(new Decision.Allowed(39, Long.MAX_VALUE));

        change(new Limit(10, 10));
        assertThat(read(ALICE)).isInstanceOfSatisfying(Decision.Allowed.class, allowed -> assertThat(allowed.requests())
                .isEqualTo(6));
    }

    /** With the previous limit it would have been full after half a second, and a new one would have 5,000 tokens. */
    @Test
    void aBucketThatIsNotUsedIsKeptUntilItIsFullUnderTheNewLimit() {
        exhaust(ALICE);
        change(new Limit(10, 5000));

        advance(Duration.ofSeconds(10));
        limiter.buckets().removeFullBuckets();

        assertThat(read(ALICE)).isEqualTo(new Decision.Allowed(99, Long.MAX_VALUE));
    }

    @Test
    void theNumberOfBucketsChanges() {
        limiter.change(limits, 1);
        read(ALICE);
        read(BOB);

        assertThat(limiter.buckets().size()).isEqualTo(1);
        assertThat(limiter.buckets().overflowed()).isEqualTo(1);
    }

    private void change(Limit requests) {
        var changed = new EnumMap<>(limits);
        changed.put(Group.REQUESTS, requests);
        limiter.change(changed, 1000);
    }

    @Test
    void clientsDoNotCountForEachOther() {
        exhaust(ALICE);

        assertThat(read(BOB)).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void aRequestThatOneBucketRejectsIsCountedInNone() {
        assertThat(write(ALICE)).isEqualTo(new Decision.Allowed(4, 1));
        assertThat(write(ALICE)).isEqualTo(new Decision.Allowed(3, 0));

        assertThat(write(ALICE)).isEqualTo(rejected(Scope.ADDRESS, Group.WRITES, ALICE, Duration.ofMillis(500)));

        assertThat(read(ALICE)).isEqualTo(new Decision.Allowed(2, Long.MAX_VALUE));
    }

    @Test
    void aSubjectIsLimitedWhateverItsAddress() {
        for (var address = 100; address < 105; address++) {
            assertThat(take(address, 7L)).isInstanceOf(Decision.Allowed.class);
        }

        assertThat(take(105, 7L)).isEqualTo(rejected(Scope.SUBJECT, Group.REQUESTS, 7, Duration.ofMillis(100)));
        assertThat(take(105, 8L)).isEqualTo(new Decision.Allowed(4, Long.MAX_VALUE));
    }

    @Test
    void theSubjectsOfOneAddressAreLimitedTogether() {
        for (var subject = 0L; subject < 5; subject++) {
            assertThat(take(ALICE, subject)).isInstanceOf(Decision.Allowed.class);
        }

        assertThat(take(ALICE, 5L)).isEqualTo(rejected(Scope.ADDRESS, Group.REQUESTS, ALICE, Duration.ofMillis(100)));
    }

    @Test
    void buckets_thatAreFullAgain_takeNoMemory() {
        exhaust(ALICE);
        write(BOB);
        assertThat(limiter.buckets().size()).isEqualTo(3);

        advance(Duration.ofSeconds(5));
        limiter.buckets().removeFullBuckets();

        assertThat(limiter.buckets().size()).isZero();
        assertThat(read(ALICE)).isEqualTo(new Decision.Allowed(4, Long.MAX_VALUE));
    }

    /** Each address has one bucket of a request; 1,000 of them are tracked, and one of these is exhausted. */
    @Test
    void aMillionAddresses_neitherTakeMoreMemory_norEvictAnExhaustedBucket() {
        exhaust(ALICE);

        for (var address = 1_000L; address < 1_001_000; address++) {
            read(address);
        }

        assertThat(limiter.buckets().size()).isEqualTo(1000);
        assertThat(limiter.buckets().overflowed()).isEqualTo(999_001);
        assertThat(read(ALICE)).isEqualTo(rejected(Scope.ADDRESS, Group.REQUESTS, ALICE, Duration.ofMillis(100)));
    }

    @Test
    void clientsThatShareABucketAreLimitedTogether_andHaveTheirOwnOnesAgainLater() {
        for (var address = 1_000L; address < 100_000; address++) {
            read(address);
        }
        assertThat(read(BOB)).isInstanceOfSatisfying(Decision.Rejected.class, rejected -> assertThat(
                        rejected.key().scope())
                .isEqualTo(Scope.OVERFLOW));

        advance(Duration.ofSeconds(5));
        limiter.buckets().removeFullBuckets();

        assertThat(read(BOB)).isEqualTo(new Decision.Allowed(4, Long.MAX_VALUE));
        assertThat(limiter.buckets().size()).isEqualTo(1);
    }

    @Test
    void threadsTogetherTakeExactlyTheTokensThatThereAre() throws InterruptedException {
        var allowed = new AtomicLong();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var thread = 0; thread < 4; thread++) {
                threads.execute(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    for (var i = 0; i < 1000; i++) {
                        if (read(ALICE) instanceof Decision.Allowed) {
                            allowed.incrementAndGet();
                        }
                    }
                });
            }
            start.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(allowed).hasValue(5);
    }

    /** The bucket has 5 tokens, so that -20 are left, and 2 s later none. */
    @Test
    void aDebtIsPaidBeforeTheNextRequest() {
        limiter.charge(ALICE, 25);
        assertThat(read(ALICE)).isEqualTo(rejected(Scope.ADDRESS, Group.REQUESTS, ALICE, Duration.ofMillis(2100)));

        advance(Duration.ofSeconds(2));
        limiter.buckets().removeFullBuckets();
        assertThat(read(ALICE)).isEqualTo(rejected(Scope.ADDRESS, Group.REQUESTS, ALICE, Duration.ofMillis(100)));

        advance(Duration.ofMillis(100));
        assertThat(read(ALICE)).isEqualTo(new Decision.Allowed(0, Long.MAX_VALUE));
        assertThat(read(BOB)).isEqualTo(new Decision.Allowed(4, Long.MAX_VALUE));
    }

    @Test
    void aBucketThatClientsShareHasNoDebts() {
        limiter.change(limits, 1);
        read(BOB);

        limiter.charge(ALICE, 25);

        assertThat(read(ALICE)).isInstanceOfSatisfying(Decision.Rejected.class, rejected -> {
            assertThat(rejected.key().scope()).isEqualTo(Scope.OVERFLOW);
            assertThat(Duration.ofNanos(rejected.nanos())).isEqualTo(Duration.ofMillis(100));
        });
        assertThat(limiter.buckets().size()).isEqualTo(1);
    }

    private void exhaust(long address) {
        while (read(address) instanceof Decision.Allowed) {
            // until it is empty
        }
    }

    private Decision read(long address) {
        return limiter.take(new Claim(Group.REQUESTS, address, null));
    }

    private Decision write(long address) {
        return limiter.take(new Claim(Group.WRITES, address, null));
    }

    private Decision take(long address, Long subject) {
        return limiter.take(new Claim(Group.REQUESTS, address, subject));
    }

    private void advance(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static Decision rejected(Scope scope, Group group, long client, Duration wait) {
        return new Decision.Rejected(new BucketKey(scope, group, client), wait.toNanos());
    }
}
