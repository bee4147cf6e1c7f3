package kinoteka.catalog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineBudgetTest {

    /** The origin is arbitrary: the counter may overflow. */
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 500_000_000);

    private final LineBudget budget = new LineBudget(3, Duration.ofSeconds(1), nanoTime::get);

    @Test
    void allowsABurstAndThenOneLinePerInterval() {
        assertThat(spend(5)).isEqualTo(3);

        nanoTime.addAndGet(999_999_999);
        assertThat(spend(1)).isZero();
        nanoTime.addAndGet(1);
        assertThat(spend(5)).isEqualTo(1);
    }

    @Test
    void keepsThePartOfAnIntervalThatHasPassed() {
        spend(3);
        nanoTime.addAndGet(1_500_000_000);
        assertThat(spend(5)).isEqualTo(1);

        nanoTime.addAndGet(500_000_000);
        assertThat(spend(5)).isEqualTo(1);
    }

    @Test
    void savesNoMoreThanOneBurst() {
        nanoTime.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(spend(5)).isEqualTo(3);
    }

    @Test
    void reportsEachSuppressedLineOnce() {
        assertThat(budget.takeSuppressed()).isZero();
        spend(5);

        assertThat(budget.takeSuppressed()).isEqualTo(2);
        assertThat(budget.takeSuppressed()).isZero();
    }

    @Test
    void rejectsABudgetThatAllowsNothing() {
        assertThatThrownBy(() -> new LineBudget(0, Duration.ofSeconds(1), nanoTime::get))
                .hasMessage("burst: 0 (expected: >= 1)");
        assertThatThrownBy(() -> new LineBudget(1, Duration.ZERO, nanoTime::get))
                .hasMessage("interval: PT0S (expected: > 0)");
    }

    private long spend(int lines) {
        return IntStream.range(0, lines).filter(line -> budget.trySpend()).count();
    }
}
