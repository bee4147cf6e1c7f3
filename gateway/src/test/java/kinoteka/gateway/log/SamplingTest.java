package kinoteka.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static final int RATE = 10;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // such a clock overflows soon
    private final Sampling sampling = new Sampling(RATE, nanos::get);

    @Test
    void givesEachRequestALineUpToTheRate() {
        for (var i = 0; i < 10 * RATE; i++) {
            assertThat(sampling.requests()).isEqualTo(1);
            pass(100);
        }
    }

    @Test
    void allowsTheLinesOfOneSecondAtOnceAndNoMore() {
        pass(3_600_000);

        assertThat(requests(RATE)).containsOnly(1);
        assertThat(requests(5)).containsOnly(Sampling.NO_LINE);
    }

    @Test
    void changesItsRate() {
        requests(RATE);
        sampling.setMaxRate(2 * RATE);
        pass(2000);
        assertThat(requests(2 * RATE)).containsOnly(1);

        sampling.setMaxRate(1);
        pass(2000);
        assertThat(requests(3)).containsExactly(1, Sampling.NO_LINE, Sampling.NO_LINE);
    }

    @Test
    void aLineStandsForTheRequestsWithoutALineBeforeIt() {
        requests(RATE + 7);
        pass(100);

        assertThat(requests(2)).containsExactly(8, Sampling.NO_LINE);
        pass(100);
        assertThat(requests(1)).containsExactly(2);
        pass(100);
        assertThat(requests(1)).containsExactly(1);
    }

    @Test
    void aDroppedLineIsStoodForByTheNext() {
        sampling.dropped(4);

        assertThat(requests(2)).containsExactly(5, 1);
    }

    @Test
    void countsEachRequestOnceWhateverTheThreads() throws InterruptedException {
        var threads = 4;
        var sum = new AtomicLong();
        var lines = new AtomicLong();
        var ended = new CountDownLatch(threads);
        for (var thread = 0; thread < threads; thread++) {
            Thread.ofPlatform().start(() -> {
                for (var i = 0; i < 10_000; i++) {
                    var requests = sampling.requests();
                    sum.addAndGet(requests);
                    lines.addAndGet(requests == Sampling.NO_LINE ? 0 : 1);
                }
                ended.countDown();
            });
        }
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).hasValue(RATE);

        pass(100);
        assertThat(sum.get() + sampling.requests()).isEqualTo(threads * 10_000 + 1);
    }

    private long[] requests(int count) {
        return LongStream.generate(sampling::requests).limit(count).toArray();
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
