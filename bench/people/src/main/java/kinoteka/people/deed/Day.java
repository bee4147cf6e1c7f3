package kinoteka.people.deed;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import kinoteka.people.api.ApiClient;
import kinoteka.people.metrics.AcknowledgedChanges;
import kinoteka.people.metrics.Metrics;
import kinoteka.people.testdata.TestData;

/**
 * Eleven actions side by side. Each is begun again and again by itself, at random moments but at its rate, whether those
 * begun before have ended or not: a slow library is not spared.
 */
public final class Day {

    private final ApiClient client;
    private final Metrics metrics;
    private final AcknowledgedChanges acknowledged;
    private final Accounts accounts;
    private final Publishing publishing;
    private final Talking talking;
    private final Cinemas cinemas;
    private final Rating rating;

    /**
     * A day that has not begun.
     *
     * @param editor token of who speaks for the cinemas
     */
    public Day(ApiClient client, TestData testData, String editor, Metrics metrics, AcknowledgedChanges acknowledged) {
        this.client = client;
        this.metrics = metrics;
        this.acknowledged = acknowledged;
        this.accounts = new Accounts(testData.users());
        this.publishing = new Publishing(testData);
        this.talking = new Talking(testData);
        this.cinemas = new Cinemas(testData, editor);
        this.rating = new Rating(testData);
    }

    /** Blocks until the last of what was begun has ended. */
    public void pass(Duration duration, Map<Action, Double> rates, SplittableGenerator dice) {
        var end = metrics.elapsed().plus(duration);
        try (var visits = Executors.newVirtualThreadPerTaskExecutor();
                var starters = Executors.newVirtualThreadPerTaskExecutor()) {
            rates.forEach((action, rate) -> {
                if (rate == 0) {
                    return;
                }
                var own = dice.split();
                var _ = starters.submit(() -> {
                    begin(action, rate, end, own, visits);
                    return null;
                });
            });
        }
    }

    private void begin(Action action, double rate, Duration end, SplittableGenerator dice, ExecutorService visits)
            throws InterruptedException {
        for (var next = metrics.elapsed().plus(pause(rate, dice)); ; next = next.plus(pause(rate, dice))) {
            if (next.compareTo(end) >= 0) {
                return;
            }
            Thread.sleep(next.minus(metrics.elapsed()));
            var visit = new Visit(action, client, metrics, acknowledged, dice.split());
            var _ = visits.submit(() -> {
                perform(visit);
                return null;
            });
        }
    }

    private void perform(Visit visit) throws InterruptedException {
        try {
            deed(visit.action()).perform(visit);
        } catch (RuntimeException failure) {
            visit.impossible(failure.toString());
        }
    }

    private Deed deed(Action action) {
        return switch (action) {
            case OPEN_ACCOUNT -> accounts::open;
            case CLOSE_ACCOUNT -> accounts::close;
            case PUBLISH -> publishing::publish;
            case EDIT_PUBLICATION -> publishing::edit;
            case DELETE_PUBLICATION -> publishing::delete;
            case COMMENT_MOVIE -> talking::aboutMovie;
            case COMMENT_PUBLICATION -> talking::aboutPublication;
            case REFRESH_OFFER -> cinemas::refresh;
            case ORDER -> cinemas::order;
            case RATE_MOVIE -> rating::ofMovie;
            case RATE_PUBLICATION -> rating::ofPublication;
        };
    }

    private static Duration pause(double rate, RandomGenerator dice) {
        return Duration.ofNanos((long) (dice.nextExponential() / rate * TimeUnit.SECONDS.toNanos(1)));
    }
}
