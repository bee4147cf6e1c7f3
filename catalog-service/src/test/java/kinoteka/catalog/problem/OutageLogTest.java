package kinoteka.catalog.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageLogTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 500_000_000);
    private final OutageLog log = new OutageLog(nanoTime::get);
    private final IllegalStateException failure = new IllegalStateException("no answer");

    @Test
    void writesTheFirstFailureAndThenOneASecond() {
        assertThat(log.add(failure)).isTrue();
        assertThat(log.add(failure)).isFalse();

        nanoTime.addAndGet(999_999_999);
        assertThat(log.add(failure)).isFalse();

        nanoTime.addAndGet(1);
        assertThat(log.add(failure)).isTrue();
    }
}
