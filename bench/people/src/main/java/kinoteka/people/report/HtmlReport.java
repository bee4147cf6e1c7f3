package kinoteka.people.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.people.metrics.Outcome;
import kinoteka.people.metrics.RequestError;
import kinoteka.people.metrics.Sample;
import kinoteka.people.rules.RuleResult;

/** The report of a run as a self-contained HTML page. */
public record HtmlReport(RunResult run) {

    private static final int MAX_POINTS = 100;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Writes the page and creates its directory if it does not exist.
     *
     * @throws IllegalStateException if the file cannot be written
     */
    public void write(Path path) {
        try {
            var directory = path.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.writeString(path, page(), UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException("REPORT: " + path + " cannot be written (" + failure + ")", failure);
        }
    }

    private String page() throws IOException {
        try (var template = HtmlReport.class.getResourceAsStream("report.html")) {
            if (template == null) {
                throw new IllegalStateException("report.html: missing (expected: in this jar)");
            }
            return new String(template.readAllBytes(), UTF_8)
                    .replace("{result}", result())
                    .replace("{environment}", environment())
                    .replace("{scenarios}", scenarioRows())
                    .replace("{charts}", charts())
                    .replace("{rules}", ruleRows())
                    .replace("{errors}", errors());
        }
    }

    private String result() {
        return "<p class=\"result %s\">%s requests, %s errors; %d of %d rules hold.</p>"
                .formatted(
                        run.isSuccessful() ? "ok" : "bad",
                        grouped(run.samples().size()),
                        grouped(run.errorCount()),
                        run.countHoldingRules(),
                        run.ruleResults().size());
    }

    private String environment() {
        return "<p>Target %s, started at %s, ran for %d s with %.1f requests per second. Client: %s, %d processors.</p>"
                .formatted(
                        escaped(run.target()),
                        MINUTE.format(run.start()),
                        run.duration().toSeconds(),
                        run.perSecond(run.samples().size()),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors());
    }

    private String scenarioRows() {
        return Stream.concat(
                        run.scenarios().stream()
                                .map(row -> tableRow(
                                        row.scenario(), number(row.rate()), run.samplesWithLabel(row.scenario()))),
                        Stream.of(
                                tableRow(Sample.READ, "", run.samplesWithLabel(Sample.READ)),
                                tableRow("all", "", run.samples())))
                .collect(Collectors.joining("\n"));
    }

    private String tableRow(String label, String rate, List<Sample> samples) {
        var latencies = LatencyPercentiles.of(samples);
        var cells = Stream.of(
                        rate,
                        number(run.perSecond(samples.size())),
                        grouped(samples.size()),
                        LatencyPercentiles.format(latencies.p50()),
                        LatencyPercentiles.format(latencies.p90()),
                        LatencyPercentiles.format(latencies.p99()),
                        LatencyPercentiles.format(latencies.max()))
                .map("<td>%s</td>"::formatted)
                .collect(Collectors.joining());
        return "<tr><th>%s</th>%s<td class=\"outcomes\">%s</td></tr>"
                .formatted(displayName(label), cells, label.equals("all") ? "" : outcomes(samples));
    }

    private static String outcomes(List<Sample> samples) {
        return samples.stream()
                .collect(Collectors.groupingBy(Sample::outcome, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(count -> "<span class=\"%s\">%s <b>%s</b></span>"
                        .formatted(
                                count.getKey().kind().name().toLowerCase(Locale.ROOT),
                                escaped(count.getKey().toString()),
                                grouped(count.getValue())))
                .collect(Collectors.joining(" "));
    }

    private String charts() {
        var all = intervals(run.samples());
        var rates = new LineChart.Line("responses", "p50", perSecond(all, sample -> true));
        var errors = new LineChart.Line(
                "errors", "max", perSecond(all, sample -> sample.outcome().kind() == Outcome.Kind.ERROR));
        return Stream.concat(
                        Stream.of(
                                new LineChart("all", "per second", run.duration(), false, List.of(rates, errors)),
                                latencyChart("all", all)),
                        Stream.concat(
                                        run.scenarios().stream().map(RunResult.ScenarioRate::scenario),
                                        Stream.of(Sample.READ))
                                .filter(label -> !run.samplesWithLabel(label).isEmpty())
                                .map(label -> latencyChart(label, intervals(run.samplesWithLabel(label)))))
                .map("<figure>%s</figure>"::formatted)
                .collect(Collectors.joining("\n"));
    }

    private LineChart latencyChart(String label, List<List<Sample>> intervals) {
        return new LineChart(
                displayName(label),
                "milliseconds",
                run.duration(),
                true,
                List.of(
                        line("max", intervals, LatencyPercentiles::max),
                        line("p99", intervals, LatencyPercentiles::p99),
                        line("p90", intervals, LatencyPercentiles::p90),
                        line("p50", intervals, LatencyPercentiles::p50)));
    }

    private static LineChart.Line line(
            String name, List<List<Sample>> intervals, ToDoubleFunction<LatencyPercentiles> percentile) {
        var values = intervals.stream()
                .map(interval ->
                        interval.isEmpty() ? Double.NaN : percentile.applyAsDouble(LatencyPercentiles.of(interval)))
                .toList();
        return new LineChart.Line(name, name, values);
    }

    private List<Double> perSecond(List<List<Sample>> intervals, Predicate<Sample> filter) {
        return intervals.stream()
                .map(interval -> interval.stream().filter(filter).count()
                        / (intervalLength().toNanos() / 1e9))
                .toList();
    }

    /** Groups the samples by the interval in which the request was sent. */
    private List<List<Sample>> intervals(List<Sample> samples) {
        var count = (int) Math.ceilDiv(
                Math.max(1, run.duration().toNanos()), intervalLength().toNanos());
        var intervals = new ArrayList<List<Sample>>();
        for (int index = 0; index < count; index++) {
            intervals.add(new ArrayList<>());
        }
        for (var sample : samples) {
            var index = (int) (sample.sentAt().toNanos() / intervalLength().toNanos());
            intervals.get(Math.min(index, count - 1)).add(sample);
        }
        return intervals;
    }

    /** Returns a whole number of seconds that limits a line to about {@link #MAX_POINTS} points. */
    private Duration intervalLength() {
        return Duration.ofSeconds(Math.max(1, Math.ceilDiv(run.duration().toSeconds(), MAX_POINTS)));
    }

    private String ruleRows() {
        return run.ruleResults().stream()
                .map(result -> "<tr class=\"%s\"><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                result.holds() ? "ok" : "bad",
                                result.holds() ? "holds" : "violated",
                                result.source(),
                                escaped(result.rule())
                                        + result.violations().stream()
                                                .map(line -> "<br><code>" + escaped(line) + "</code>")
                                                .collect(Collectors.joining()),
                                result.checked() == RuleResult.ALL ? "all" : grouped(result.checked())))
                .collect(Collectors.joining("\n"));
    }

    private String errors() {
        if (run.firstErrors().isEmpty()) {
            return "<p>None.</p>";
        }
        return "<table><thead><tr><th>sent at</th><th>scenario</th><th>request</th><th>error</th><th>detail</th>"
                + "<th>trace id</th></tr></thead><tbody>"
                + run.firstErrors().stream().map(HtmlReport::errorRow).collect(Collectors.joining("\n"))
                + "</tbody></table>"
                + (run.errorCount() > run.firstErrors().size()
                        ? "<p>" + grouped(run.errorCount() - run.firstErrors().size())
                                + " more errors are not shown.</p>"
                        : "");
    }

    private static String errorRow(RequestError error) {
        var cells = Arrays.asList(
                number(error.sentAt().toMillis() / 1e3) + " s",
                displayName(error.label()),
                escaped(error.request()),
                escaped(error.outcome().toString()),
                escaped(error.detail()),
                "<code>" + escaped(error.traceId()) + "</code>");
        return cells.stream().map("<td>%s</td>"::formatted).collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String displayName(String label) {
        return label.replace('_', ' ');
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
