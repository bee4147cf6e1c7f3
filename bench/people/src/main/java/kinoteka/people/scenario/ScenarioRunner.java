package kinoteka.people.scenario;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import kinoteka.people.api.ApiClient;
import kinoteka.people.metrics.AcknowledgedChanges;
import kinoteka.people.metrics.Metrics;
import kinoteka.people.testdata.TestData;

/**
 * Runs all scenarios concurrently. Each scenario is an open workload model: iterations start at random moments (a Poisson
 * process) at the configured rate, whether earlier ones have ended or not, so that a slow library does not reduce the load.
 */
public final class ScenarioRunner {

    private final ApiClient client;
    private final Metrics metrics;
    private final AcknowledgedChanges acknowledged;
    private final AccountScenarios accounts;
    private final PublicationScenarios publications;
    private final CommentScenarios comments;
    private final CinemaScenarios cinemas;
    private final RatingScenarios ratings;

    /** @param editorToken with which the cinemas' offers are changed */
    public ScenarioRunner(
            ApiClient client,
            TestData testData,
            String editorToken,
            Metrics metrics,
            AcknowledgedChanges acknowledged) {
        this.client = client;
        this.metrics = metrics;
        this.acknowledged = acknowledged;
        this.accounts = new AccountScenarios(testData.users());
        this.publications = new PublicationScenarios(testData);
        this.comments = new CommentScenarios(testData);
        this.cinemas = new CinemaScenarios(testData, editorToken);
        this.ratings = new RatingScenarios(testData);
    }

    /**
     * Starts iterations for the given duration and waits until the last of them has ended.
     *
     * @param rampUp time in which the rates grow to their final value, because users do not all arrive in the first second
     * @param rates iterations started per second
     */
    public void run(Duration duration, Duration rampUp, Map<Scenario, Double> rates, SplittableGenerator random) {
        var start = metrics.elapsed();
        var end = start.plus(duration);
        try (var iterations = Executors.newVirtualThreadPerTaskExecutor();
                var schedulers = Executors.newVirtualThreadPerTaskExecutor()) {
            rates.forEach((scenario, rate) -> {
                if (rate == 0) {
                    return;
                }
                var scenarioRandom = random.split();
                var _ = schedulers.submit(() -> {
                    startIterations(
                            scenario,
                            now -> rate * rampUpShare(now.minus(start), rampUp),
                            end,
                            scenarioRandom,
                            iterations);
                    return null;
                });
            });
        }
    }

    private void startIterations(
            Scenario scenario,
            ToDoubleFunction<Duration> rate,
            Duration end,
            SplittableGenerator random,
            ExecutorService iterations)
            throws InterruptedException {
        var next = metrics.elapsed();
        while (true) {
            next = next.plus(pause(rate.applyAsDouble(next), random));
            if (next.compareTo(end) >= 0) {
                return;
            }
            Thread.sleep(next.minus(metrics.elapsed()));
            var iteration = new Iteration(scenario, client, metrics, acknowledged, random.split());
            var _ = iterations.submit(() -> {
                run(iteration);
                return null;
            });
        }
    }

    private void run(Iteration iteration) throws InterruptedException {
        try {
            steps(iteration.scenario()).run(iteration);
        } catch (RuntimeException failure) {
            iteration.recordFailure(failure.toString());
        }
    }

    private ScenarioSteps steps(Scenario scenario) {
        return switch (scenario) {
            case OPEN_ACCOUNT -> accounts::open;
            case CLOSE_ACCOUNT -> accounts::close;
            case PUBLISH -> publications::publish;
            case EDIT_PUBLICATION -> publications::edit;
            case DELETE_PUBLICATION -> publications::delete;
            case COMMENT_MOVIE -> comments::commentOnMovie;
            case COMMENT_PUBLICATION -> comments::commentOnPublication;
            case REFRESH_OFFER -> cinemas::refreshOffer;
            case ORDER -> cinemas::order;
            case RATE_MOVIE -> ratings::rateMovie;
            case RATE_PUBLICATION -> ratings::ratePublication;
        };
    }

    /** Returns the share of its final value that a rate has after this time; never 0, so that the first pause ends. */
    private static double rampUpShare(Duration time, Duration rampUp) {
        return rampUp.isZero() ? 1 : Math.clamp((double) time.toNanos() / rampUp.toNanos(), 0.05, 1);
    }

    /** Returns the exponentially distributed time until the next iteration starts. */
    private static Duration pause(double rate, RandomGenerator random) {
        return Duration.ofNanos((long) (random.nextExponential() / rate * TimeUnit.SECONDS.toNanos(1)));
    }
}
