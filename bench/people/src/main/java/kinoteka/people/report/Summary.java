package kinoteka.people.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.people.metrics.Outcome;
import kinoteka.people.metrics.Sample;

/** A run as a terminal shows it. */
public record Summary(Run run) {

    private static final int MAX_ERRORS_SHOWN = 10;

    /** One line of a run that is not over, of the requests answered lately. */
    public static String line(Duration now, List<Sample> samples, Duration lately) {
        var latest = samples.reversed().stream()
                .takeWhile(sample -> sample.sentAt().plus(sample.duration()).compareTo(now.minus(lately)) > 0)
                .toList();
        var latencies = Latencies.of(latest);
        return String.format(
                Locale.ROOT,
                "%4d s  %5.0f requests/s  p50 %s ms  p99 %s ms  max %s ms  %d errors in all",
                now.toSeconds(),
                latest.size() / (lately.toNanos() / 1e9),
                Latencies.shown(latencies.p50()),
                Latencies.shown(latencies.p99()),
                Latencies.shown(latencies.max()),
                samples.stream()
                        .filter(sample -> sample.outcome().kind() == Outcome.Kind.ERROR)
                        .count());
    }

    @Override
    public String toString() {
        return Stream.of(
                        Stream.of("", heading()),
                        Stream.concat(run.rows().stream().map(Run.Row::title), Stream.of("look"))
                                .map(this::row),
                        Stream.of(row("all", run.samples()), ""),
                        run.firstErrors().stream().limit(MAX_ERRORS_SHOWN).map(error -> "error  " + error),
                        run.ruleResults().stream()
                                .map(ruleResult -> String.format(
                                        "%-6s  %-8s  %s",
                                        ruleResult.holds() ? "ok" : "BROKEN",
                                        ruleResult.source(),
                                        String.join(
                                                "\n                    ",
                                                Stream.concat(
                                                                Stream.of(ruleResult.rule()),
                                                                ruleResult.violations().stream()
                                                                        .limit(MAX_ERRORS_SHOWN))
                                                        .toList()))),
                        Stream.of(
                                "",
                                String.format(
                                        Locale.ROOT,
                                        "%d requests, %d errors; %d of %d rules hold. %s",
                                        run.samples().size(),
                                        run.errorCount(),
                                        run.ruleResults().stream()
                                                .filter(ruleResult -> ruleResult.holds())
                                                .count(),
                                        run.ruleResults().size(),
                                        run.page().toAbsolutePath().toUri())))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String heading() {
        return String.format(
                "%-20s %7s %6s %7s %7s %7s %7s  %s",
                "", "count", "/s", "p50 ms", "p90", "p99", "max", "what came of it");
    }

    private String row(String title) {
        return row(title, run.of(title));
    }

    private String row(String title, List<Sample> samples) {
        var latencies = Latencies.of(samples);
        return String.format(
                        Locale.ROOT,
                        "%-20s %7d %6.1f %7s %7s %7s %7s  %s",
                        title,
                        samples.size(),
                        run.perSecond(samples.size()),
                        Latencies.shown(latencies.p50()),
                        Latencies.shown(latencies.p90()),
                        Latencies.shown(latencies.p99()),
                        Latencies.shown(latencies.max()),
                        title.equals("all") ? "" : outcomes(samples))
                .stripTrailing();
    }

    private static String outcomes(List<Sample> samples) {
        return samples.stream()
                .collect(Collectors.groupingBy(Sample::outcome, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(outcome ->
                        outcome.getKey() + (isError(outcome.getKey()) ? " (ERROR): " : ": ") + outcome.getValue())
                .collect(Collectors.joining(", "));
    }

    private static boolean isError(Outcome outcome) {
        return outcome.kind() == Outcome.Kind.ERROR;
    }
}
