package kinoteka.people;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kinoteka.people.api.ApiClient;
import kinoteka.people.api.DevelopmentToken;
import kinoteka.people.metrics.AcknowledgedChanges;
import kinoteka.people.metrics.Metrics;
import kinoteka.people.report.ConsoleReport;
import kinoteka.people.report.HtmlReport;
import kinoteka.people.report.RunResult;
import kinoteka.people.rules.ApiRules;
import kinoteka.people.rules.DatabaseRules;
import kinoteka.people.rules.RuleResult;
import kinoteka.people.scenario.ScenarioRunner;
import kinoteka.people.scenario.TestDataLoader;

/** People use the library for a while. Ends with 0 where nothing went wrong and every rule holds, 1 otherwise. */
public final class People {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private People() {}

    @SuppressWarnings("SystemOut") // it is what the command prints
    public static void main(String[] args) throws InterruptedException, IOException {
        try {
            var run = use(Plan.of(System.getenv()), Clock.systemUTC());
            System.out.print(new ConsoleReport(run));
            System.exit(run.isSuccessful() ? 0 : 1);
        } catch (IllegalArgumentException | IllegalStateException | SQLException cannot) {
            System.err.println(cannot.getMessage());
            System.exit(2);
        }
    }

    private static RunResult use(Plan plan, Clock clock) throws InterruptedException, IOException, SQLException {
        var began = clock.instant();
        var tokensEnd = began.plus(plan.duration()).plus(Duration.ofHours(1));
        var editor = new DevelopmentToken("editor", "editor", tokensEnd).toString();
        var dice = new SplittableRandom(plan.seed() ^ began.getEpochSecond());
        var database = plan.database().map(DatabaseRules::new);
        if (database.isPresent()) {
            database.get().requireReachable(); // better said now than after the run
        }
        try (var client = new ApiClient(plan.target())) {
            var testData = new TestDataLoader(client, editor, tokensEnd, dice.split()).load(plan.people());
            var metrics = new Metrics(System::nanoTime);
            var acknowledged = new AcknowledgedChanges();
            tell(plan, metrics, () -> new ScenarioRunner(client, testData, editor, metrics, acknowledged)
                    .run(plan.duration(), plan.rates(), dice));
            var lasted = metrics.elapsed();
            var ruleResults = new ArrayList<>(new ApiRules(client, acknowledged, dice).check());
            if (database.isPresent()) {
                ruleResults.addAll(database.get().check());
            }
            var run = run(plan, began, lasted, metrics, ruleResults);
            new HtmlReport(run).write(plan.report());
            return run;
        }
    }

    private static RunResult run(
            Plan plan, Instant began, Duration lasted, Metrics metrics, List<RuleResult> ruleResults) {
        return new RunResult(
                plan.target().toString(),
                began,
                lasted,
                plan.rates().entrySet().stream()
                        .map(rate -> new RunResult.ScenarioRate(rate.getKey().label(), rate.getValue()))
                        .toList(),
                metrics.samples(),
                metrics.firstErrors(),
                metrics.errorCount(),
                ruleResults,
                plan.report());
    }

    @SuppressWarnings("SystemOut") // it is what the command prints
    private static void tell(Plan plan, Metrics metrics, Runnable day) {
        System.out.printf(
                "People use %s for %d s, %.0f actions a second.%n",
                plan.target(), plan.duration().toSeconds(), plan.rate());
        try (var teller = Executors.newSingleThreadScheduledExecutor()) {
            var lines = teller.scheduleAtFixedRate(
                    () -> System.out.println(
                            ConsoleReport.progress(metrics.elapsed(), metrics.samples(), BETWEEN_LINES)),
                    BETWEEN_LINES.toSeconds(),
                    BETWEEN_LINES.toSeconds(),
                    TimeUnit.SECONDS);
            day.run();
            lines.cancel(false);
        }
    }
}
