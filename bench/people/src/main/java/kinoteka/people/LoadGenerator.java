package kinoteka.people;

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

/**
 * Runs the scenarios for the configured duration, checks the rules and writes the reports. The exit status is 0 if there were
 * no errors and all rules hold, 1 if not, and 2 if the run could not be performed or its report not be written.
 */
public final class LoadGenerator {

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);

    private static final Duration REPLICATION_TIMEOUT = Duration.ofSeconds(10);

    /** Covers the checks after the run. */
    private static final Duration TOKEN_VALIDITY_AFTER_RUN = Duration.ofHours(1);

    private LoadGenerator() {}

    @SuppressWarnings("SystemOut") // the console is the output of this program
    public static void main(String[] args) throws InterruptedException {
        try {
            var run = run(Settings.of(System.getenv()), Clock.systemUTC());
            System.out.print(new ConsoleReport(run));
            new HtmlReport(run).write(run.htmlReport());
            System.exit(run.isSuccessful() ? 0 : 1);
        } catch (IllegalArgumentException | IllegalStateException | SQLException failure) {
            System.err.println(failure.getMessage());
            System.exit(2);
        }
    }

    private static RunResult run(Settings settings, Clock clock) throws InterruptedException, SQLException {
        var start = clock.instant();
        var tokensExpire = start.plus(settings.duration()).plus(TOKEN_VALIDITY_AFTER_RUN);
        var editorToken = new DevelopmentToken("editor", "editor", tokensExpire).toString();
        var random = new SplittableRandom(settings.seed() ^ start.getEpochSecond());
        var database = settings.database().map(DatabaseRules::new);
        if (database.isPresent()) {
            database.get().requireReachable(); // before the run, so that a wrong URI does not cost its duration
        }
        try (var client = new ApiClient(settings.target())) {
            var testData =
                    new TestDataLoader(client, editorToken, tokensExpire, random.split()).load(settings.maxUsers());
            var metrics = new Metrics(System::nanoTime);
            var acknowledged = new AcknowledgedChanges();
            var runner = new ScenarioRunner(client, testData, editorToken, metrics, acknowledged);
            runWithProgress(
                    settings,
                    metrics,
                    () -> runner.run(settings.duration(), settings.rampUp(), settings.rates(), random));
            var duration = metrics.elapsed();
            var ruleResults = new ArrayList<>(new ApiRules(client, acknowledged, random, REPLICATION_TIMEOUT).check());
            if (database.isPresent()) {
                ruleResults.addAll(database.get().check());
            }
            return result(settings, start, duration, metrics, ruleResults);
        }
    }

    @SuppressWarnings("SystemOut") // the console is the output of this program
    private static void runWithProgress(Settings settings, Metrics metrics, Runnable scenarios) {
        System.out.printf(
                "Simulating users of %s for %d s, starting %.0f scenarios per second.%n",
                settings.target(), settings.duration().toSeconds(), settings.totalRate());
        try (var scheduler = Executors.newSingleThreadScheduledExecutor()) {
            var progress = scheduler.scheduleAtFixedRate(
                    () -> System.out.println(
                            ConsoleReport.progress(metrics.elapsed(), metrics.samples(), PROGRESS_INTERVAL)),
                    PROGRESS_INTERVAL.toSeconds(),
                    PROGRESS_INTERVAL.toSeconds(),
                    TimeUnit.SECONDS);
            scenarios.run();
            progress.cancel(false);
        }
    }

    private static RunResult result(
            Settings settings, Instant start, Duration duration, Metrics metrics, List<RuleResult> ruleResults) {
        return new RunResult(
                settings.target().toString(),
                start,
                duration,
                settings.rates().entrySet().stream()
                        .map(rate -> new RunResult.ScenarioRate(rate.getKey().label(), rate.getValue()))
                        .toList(),
                metrics.samples(),
                metrics.firstErrors(),
                metrics.errorCount(),
                ruleResults,
                settings.report());
    }
}
