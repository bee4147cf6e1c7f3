package kinoteka.people.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.people.metrics.Outcome;
import kinoteka.people.metrics.Sample;

/** The report of a run as plain text. */
public record ConsoleReport(RunResult run) {

    private static final int MAX_LINES_SHOWN = 10;

    /**
     * Returns one line about a run in progress.
     *
     * @param elapsed since the start of the run
     * @param samples of all requests so far
     * @param window the rate and the percentiles cover only requests that completed within this time before now
     */
    public static String progress(Duration elapsed, List<Sample> samples, Duration window) {
        var recent = samples.reversed().stream()
                .takeWhile(sample -> sample.sentAt().plus(sample.duration()).compareTo(elapsed.minus(window)) > 0)
                .toList();
        var latencies = LatencyPercentiles.of(recent);
        return String.format(
                Locale.ROOT,
                "%4d s  %5.0f requests/s  p50 %s ms  p99 %s ms  max %s ms  %d errors in total",
                elapsed.toSeconds(),
                recent.size() / (window.toNanos() / 1e9),
                LatencyPercentiles.format(latencies.p50()),
                LatencyPercentiles.format(latencies.p99()),
                LatencyPercentiles.format(latencies.max()),
                samples.stream()
                        .filter(sample -> sample.outcome().kind() == Outcome.Kind.ERROR)
                        .count());
    }

    /** Returns the table of all scenarios, the first errors, the results of the rules and a summary. */
    @Override
    public String toString() {
        return Stream.of(
                        Stream.of("", tableHeader()),
                        Stream.concat(
                                        run.scenarios().stream().map(RunResult.ScenarioRate::scenario),
                                        Stream.of(Sample.READ))
                                .map(this::tableRow),
                        Stream.of(tableRow("all", run.samples()), ""),
                        run.firstErrors().stream().limit(MAX_LINES_SHOWN).map(error -> "error  " + error),
                        run.ruleResults().stream()
                                .map(result -> String.format(
                                        "%-8s  %-8s  %s",
                                        result.holds() ? "ok" : "VIOLATED",
                                        result.source(),
                                        String.join(
                                                "\n                    ",
                                                Stream.concat(
                                                                Stream.of(result.rule()),
                                                                result.violations().stream()
                                                                        .limit(MAX_LINES_SHOWN))
                                                        .toList()))),
                        Stream.of(
                                "",
                                String.format(
                                        Locale.ROOT,
                                        "%d requests, %d errors; %d of %d rules hold. Report: %s",
                                        run.samples().size(),
                                        run.errorCount(),
                                        run.countHoldingRules(),
                                        run.ruleResults().size(),
                                        run.htmlReport().toAbsolutePath().toUri())))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String tableHeader() {
        return String.format(
                "%-20s %7s %6s %7s %7s %7s %7s  %s", "", "count", "/s", "p50 ms", "p90", "p99", "max", "outcomes");
    }

    private String tableRow(String label) {
        return tableRow(label, run.samplesWithLabel(label));
    }

    private String tableRow(String label, List<Sample> samples) {
        var latencies = LatencyPercentiles.of(samples);
        return String.format(
                        Locale.ROOT,
                        "%-20s %7d %6.1f %7s %7s %7s %7s  %s",
                        label,
                        samples.size(),
                        run.perSecond(samples.size()),
                        LatencyPercentiles.format(latencies.p50()),
                        LatencyPercentiles.format(latencies.p90()),
                        LatencyPercentiles.format(latencies.p99()),
                        LatencyPercentiles.format(latencies.max()),
                        label.equals("all") ? "" : outcomes(samples))
                .stripTrailing();
    }

    private static String outcomes(List<Sample> samples) {
        return samples.stream()
                .collect(Collectors.groupingBy(Sample::outcome, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(count -> count.getKey() + (isError(count.getKey()) ? " (ERROR): " : ": ") + count.getValue())
                .collect(Collectors.joining(", "));
    }

    private static boolean isError(Outcome outcome) {
        return outcome.kind() == Outcome.Kind.ERROR;
    }
}
