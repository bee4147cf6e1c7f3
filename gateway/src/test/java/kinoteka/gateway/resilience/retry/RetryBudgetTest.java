package kinoteka.gateway.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final long SECOND = 1_000_000_000;
    private static final long START = Long.MAX_VALUE - 3 * SECOND; // the clock overflows during the tests

    private final AtomicLong nanos = new AtomicLong(START);

    @Test
    void allowsAShareOfTheCalls() {
        var budget = new RetryBudget(0.2, 0, nanos::get);
        addCalls(budget, 100);

        assertThat(budget.remaining()).isEqualTo(20);
        assertThat(retries(budget)).isEqualTo(20);
        assertThat(budget.remaining()).isZero();
    }

    @Test
    void changesItsSizeAndStillCountsWhatWas() {
        var budget = new RetryBudget(0.2, 0, nanos::get);
        addCalls(budget, 100);
        assertThat(budget.tryRetry()).isTrue();

        budget.change(0.5, 1);

        assertThat(budget.remaining()).isEqualTo(50 + 10 - 1);
    }

    @Test
    void allowsAMinimumWithoutCalls() {
        assertThat(retries(new RetryBudget(0.2, 3, nanos::get))).isEqualTo(30);
    }

    @Test
    void forgetsCallsAndRetriesAfterTenSeconds() {
        var budget = new RetryBudget(0.2, 1, nanos::get);
        addCalls(budget, 100);
        assertThat(retries(budget)).isEqualTo(30);

        nanos.addAndGet(9 * SECOND);
        assertThat(retries(budget)).isZero();
        nanos.addAndGet(SECOND);
        assertThat(retries(budget)).isEqualTo(10);
    }

    @Test
    void addsUpTheSecondsOfTheWindow() {
        var budget = new RetryBudget(0.2, 0, nanos::get);
        for (int second = 0; second < 25; second++) {
            addCalls(budget, 10);
            nanos.addAndGet(SECOND);
        }

        assertThat(budget.remaining()).isEqualTo(18); // nine seconds, and the one that has just begun
    }

    @Test
    void cannotMultiplyAnOutage() {
        var budget = new RetryBudget(0.2, 5, nanos::get);
        var retries = 0;
        for (int second = 0; second < 60; second++) {
            addCalls(budget, 1000);
            retries += retries(budget);
            nanos.addAndGet(SECOND);
        }

        assertThat(retries).isBetween(10_000, 60 * 200 + 6 * 50);
    }

    private static void addCalls(RetryBudget budget, int number) {
        for (int i = 0; i < number; i++) {
            budget.addCall();
        }
    }

    private static int retries(RetryBudget budget) {
        var retries = 0;
        while (budget.tryRetry()) {
            retries++;
        }
        return retries;
    }
}
