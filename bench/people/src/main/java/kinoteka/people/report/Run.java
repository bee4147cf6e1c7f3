package kinoteka.people.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kinoteka.people.metrics.RequestError;
import kinoteka.people.metrics.Sample;
import kinoteka.people.rules.RuleResult;

/**
 * All there is to show of a run.
 *
 * @param lasted from the first request to the last answer
 * @param samples every request
 * @param firstErrors details of the first errors
 * @param errorCount the number of all errors
 * @param page where the page is written
 */
public record Run(
        String target,
        Instant began,
        Duration lasted,
        List<Row> rows,
        List<Sample> samples,
        List<RequestError> firstErrors,
        long errorCount,
        List<RuleResult> ruleResults,
        Path page) {

    /** An action and how often in a second it was to be begun. */
    public record Row(String title, double rate) {}

    /** Whether nothing went wrong and every rule holds. */
    public boolean isWell() {
        return errorCount == 0 && ruleResults.stream().allMatch(RuleResult::holds);
    }

    List<Sample> of(String row) {
        return samples.stream().filter(sample -> sample.label().equals(row)).toList();
    }

    double perSecond(int count) {
        return count / Math.max(1e-3, lasted.toNanos() / 1e9);
    }
}
