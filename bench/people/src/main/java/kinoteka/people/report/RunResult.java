package kinoteka.people.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kinoteka.people.metrics.RequestError;
import kinoteka.people.metrics.Sample;
import kinoteka.people.rules.RuleResult;

/**
 * The result of a run, as reports show it.
 *
 * @param target URI of the gateway
 * @param duration from the start until the last response was received
 * @param samples of all requests
 * @param firstErrors details of the first errors
 * @param errorCount number of all errors
 * @param htmlReport the file to which the HTML report is written
 */
public record RunResult(
        String target,
        Instant start,
        Duration duration,
        List<ScenarioRate> scenarios,
        List<Sample> samples,
        List<RequestError> firstErrors,
        long errorCount,
        List<RuleResult> ruleResults,
        Path htmlReport) {

    /**
     * A scenario and its configured rate.
     *
     * @param rate iterations started per second
     */
    public record ScenarioRate(String scenario, double rate) {}

    /** Returns whether there were no errors and all rules hold. */
    public boolean isSuccessful() {
        return errorCount == 0 && ruleResults.stream().allMatch(RuleResult::holds);
    }

    long countHoldingRules() {
        return ruleResults.stream().filter(RuleResult::holds).count();
    }

    List<Sample> samplesWithLabel(String label) {
        return samples.stream().filter(sample -> sample.label().equals(label)).toList();
    }

    double perSecond(int count) {
        return count / Math.max(1e-3, duration.toNanos() / 1e9);
    }
}
