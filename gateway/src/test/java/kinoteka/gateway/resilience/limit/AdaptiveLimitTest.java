package kinoteka.gateway.resilience.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** An instance with 16 workers, which needs 8 ms for a request while it is healthy, so that it can process 2000 requests per second. */
class AdaptiveLimitTest {

    private static final int WORKERS = 16;
    private static final double HEALTHY = 0.008;
    private static final double CLIENT_TIMEOUT = 1;
    private static final int MIN = 20;
    private static final int MAX = 256;

    private final AdaptiveLimit limit = new AdaptiveLimit(250_000_000, MIN, MAX, 0);

    @Test
    void rejectsNothingWhileTheInstanceIsHealthy() {
        var result = new Simulation(WORKERS, at -> HEALTHY, CLIENT_TIMEOUT, limit).runUntil(60, 1500);

        assertThat(result.rejected()).isZero();
        assertThat(limit.current()).isEqualTo(MAX);
    }

    @Test
    void completesMoreThan90PercentOfWhatAnOverloadedInstanceCanProcess() {
        var result = new Simulation(WORKERS, at -> HEALTHY, CLIENT_TIMEOUT, limit).runUntil(60, 6000);

        assertThat(result.completed()).isGreaterThan(0.9 * 2000);
        assertThat(result.rejected()).isGreaterThan(3000);
    }

    @Test
    void completesMoreThan90PercentOfWhatASlowInstanceCanProcess() {
        var simulation = new Simulation(WORKERS, at -> 10 * HEALTHY, CLIENT_TIMEOUT, limit);
        simulation.runUntil(30, 1500); // the limit falls

        var result = simulation.runUntil(90, 1500);

        assertThat(result.completed()).isGreaterThan(0.9 * 200);
        assertThat(result.timedOut()).isLessThan(0.01 * 200);
    }

    /** The reason for the limit: an instance that is always busy with requests whose clients have given up completes nothing in time. */
    @Test
    void withoutALimitTheSameInstanceCompletesNothingInTime() {
        var simulation = new Simulation(WORKERS, at -> 10 * HEALTHY, CLIENT_TIMEOUT, null);
        simulation.runUntil(30, 1500);

        assertThat(simulation.runUntil(90, 1500).completed()).isZero();
    }

    @Test
    void rejectsNothingMoreWhenTheInstanceHasRecovered() {
        var simulation = new Simulation(WORKERS, at -> at < 60 ? 10 * HEALTHY : HEALTHY, CLIENT_TIMEOUT, limit);
        simulation.runUntil(62, 1500);

        assertThat(simulation.runUntil(120, 1500).rejected()).isLessThan(15);
    }

    /** A gateway that starts during an outage must not take the latency of the outage for a healthy one. */
    @Test
    void doesNotDriftUpwardInAnOverloadThatLastsHalfAnHour() {
        var simulation = new Simulation(WORKERS, at -> 10 * HEALTHY, CLIENT_TIMEOUT, limit);
        simulation.runUntil(1800, 600);

        assertThat(simulation.runUntil(1860, 600).completed()).isGreaterThan(0.9 * 200);
        assertThat(limit.current()).isBetween(MIN, 100);
    }

    /** In the first half minute of its life, a process is several times slower than later. */
    @Test
    void rejectsNothingWhileAProcessIsSlowAfterItsStart() {
        var simulation = new Simulation(WORKERS, at -> at < 30 ? 3 * HEALTHY : HEALTHY, CLIENT_TIMEOUT, limit);

        assertThat(simulation.runUntil(60, 600).rejected()).isZero();
        assertThat(limit.current()).isEqualTo(MAX);
    }

    /** A few requests that are slow by their nature are no overload, whatever their latency. */
    @Test
    void doesNotFallWhileLessThanHalfOfItIsInUse() {
        var result = new Simulation(MAX, at -> 0.8, 10, limit).runUntil(60, 50);

        assertThat(result.rejected()).isZero();
        assertThat(limit.current()).isEqualTo(MAX);
    }

    /** Otherwise, whoever sends requests that are slow by their nature would have those of all others rejected. */
    @Test
    void doesNotFallWhileAMinorityOfTheRequestsIsSlow() {
        var random = new Random(2);
        var result = new Simulation(MAX, at -> random.nextDouble() < 0.2 ? 3 : HEALTHY, 60, limit).runUntil(60, 300);

        assertThat(result.rejected()).isLessThan(1);
        assertThat(limit.current()).isGreaterThan(MAX / 2);
    }

    /** The next burst after an outage must not find the limit that the outage has left. */
    @Test
    void growsToItsMaximumWhileLittleOfItIsInUse() {
        var simulation = new Simulation(WORKERS, at -> at < 60 ? 10 * HEALTHY : HEALTHY, CLIENT_TIMEOUT, limit);
        simulation.runUntil(60, 1500);
        assertThat(limit.current()).isLessThan(100);

        simulation.runUntil(120, 100);

        assertThat(limit.current()).isEqualTo(MAX);
    }

    @Test
    void doesNotGrowWhileMostOfTheRequestsAreSlow() {
        new Simulation(1, at -> 10, CLIENT_TIMEOUT, limit).runUntil(120, 500); // the limit falls to its minimum

        new Simulation(WORKERS, at -> 1, 10, limit).runUntil(180, 5); // five are in progress, a quarter of the limit

        assertThat(limit.current()).isEqualTo(MIN);
    }

    @Test
    void aLimitAtItsMaximumFollowsIt() {
        limit.change(250_000_000, MIN, 500);
        assertThat(limit.current()).isEqualTo(500);

        limit.change(250_000_000, MIN, 100);
        assertThat(limit.current()).isEqualTo(100);
    }

    @Test
    void aLimitThatHasFallenStaysWithinItsNewBounds() {
        new Simulation(1, at -> 10, CLIENT_TIMEOUT, limit).runUntil(120, 500);
        assertThat(limit.current()).isEqualTo(MIN);

        limit.change(250_000_000, MIN / 2, 500);
        assertThat(limit.current()).isEqualTo(MIN);

        limit.change(250_000_000, 2 * MIN, 500);
        assertThat(limit.current()).isEqualTo(2 * MIN);
    }

    @Test
    void doesNotFallBelowItsMinimum() {
        new Simulation(1, at -> 10, CLIENT_TIMEOUT, limit).runUntil(120, 500);

        assertThat(limit.current()).isEqualTo(MIN);
    }
}
