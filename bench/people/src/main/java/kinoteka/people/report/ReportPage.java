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

/** A run as a page that needs nothing but itself. */
public record ReportPage(Run run) {

    private static final int MOST_POINTS = 100;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Writes it, and the folder it is to be in. */
    public void write(Path path) throws IOException {
        var folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(path, page(), UTF_8);
    }

    private String page() throws IOException {
        try (var template = ReportPage.class.getResourceAsStream("people.html")) {
            if (template == null) {
                throw new IllegalStateException("people.html: missing (expected: in this jar)");
            }
            return new String(template.readAllBytes(), UTF_8)
                    .replace("{verdict}", verdict())
                    .replace("{facts}", facts())
                    .replace("{rows}", rows())
                    .replace("{charts}", charts())
                    .replace("{rules}", rules())
                    .replace("{troubles}", firstErrors());
        }
    }

    private String verdict() {
        var rules = run.ruleResults().stream().filter(RuleResult::holds).count();
        return "<p class=\"verdict %s\">%s requests, %s errors; %d of %d rules hold.</p>"
                .formatted(
                        run.isWell() ? "ok" : "bad",
                        grouped(run.samples().size()),
                        grouped(run.errorCount()),
                        rules,
                        run.ruleResults().size());
    }

    private String facts() {
        return "<p>%s from %s, for %d s: %.1f requests a second. %s, %d processors.</p>"
                .formatted(
                        escaped(run.target()),
                        MINUTE.format(run.began()),
                        run.lasted().toSeconds(),
                        run.perSecond(run.samples().size()),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors());
    }

    private String rows() {
        return Stream.concat(
                        run.rows().stream().map(row -> row(row.title(), number(row.rate()), run.of(row.title()))),
                        Stream.of(row("look", "", run.of("look")), row("all", "", run.samples())))
                .collect(Collectors.joining("\n"));
    }

    private String row(String title, String rate, List<Sample> samples) {
        var latencies = Latencies.of(samples);
        var cells = Stream.of(
                        rate,
                        number(run.perSecond(samples.size())),
                        grouped(samples.size()),
                        Latencies.shown(latencies.p50()),
                        Latencies.shown(latencies.p90()),
                        Latencies.shown(latencies.p99()),
                        Latencies.shown(latencies.max()))
                .map("<td>%s</td>"::formatted)
                .collect(Collectors.joining());
        return "<tr><th>%s</th>%s<td class=\"outcomes\">%s</td></tr>"
                .formatted(spoken(title), cells, title.equals("all") ? "" : outcomes(samples));
    }

    private static String outcomes(List<Sample> samples) {
        return samples.stream()
                .collect(Collectors.groupingBy(Sample::outcome, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(outcome -> "<span class=\"%s\">%s <b>%s</b></span>"
                        .formatted(
                                outcome.getKey().kind().name().toLowerCase(Locale.ROOT),
                                escaped(outcome.getKey().toString()),
                                grouped(outcome.getValue())))
                .collect(Collectors.joining(" "));
    }

    private String charts() {
        var all = slices(run.samples());
        var rates = new Chart.Line("answers", "p50", perSecond(all, sample -> true));
        var errors = new Chart.Line(
                "errors", "max", perSecond(all, sample -> sample.outcome().kind() == Outcome.Kind.ERROR));
        return Stream.concat(
                        Stream.of(
                                new Chart("all", "a second", run.lasted(), false, List.of(rates, errors)),
                                latencies("all", all)),
                        Stream.concat(run.rows().stream().map(Run.Row::title), Stream.of("look"))
                                .filter(title -> !run.of(title).isEmpty())
                                .map(title -> latencies(title, slices(run.of(title)))))
                .map("<figure>%s</figure>"::formatted)
                .collect(Collectors.joining("\n"));
    }

    private Chart latencies(String title, List<List<Sample>> slices) {
        return new Chart(
                spoken(title),
                "milliseconds",
                run.lasted(),
                true,
                List.of(
                        line("max", slices, Latencies::max),
                        line("p99", slices, Latencies::p99),
                        line("p90", slices, Latencies::p90),
                        line("p50", slices, Latencies::p50)));
    }

    private static Chart.Line line(String name, List<List<Sample>> slices, ToDoubleFunction<Latencies> which) {
        var values = slices.stream()
                .map(slice -> slice.isEmpty() ? Double.NaN : which.applyAsDouble(Latencies.of(slice)))
                .toList();
        return new Chart.Line(name, name, values);
    }

    private List<Double> perSecond(List<List<Sample>> slices, Predicate<Sample> which) {
        return slices.stream()
                .map(slice -> slice.stream().filter(which).count() / (slice().toNanos() / 1e9))
                .toList();
    }

    /** The requests by when they were sent. */
    private List<List<Sample>> slices(List<Sample> samples) {
        var count = (int) Math.ceilDiv(Math.max(1, run.lasted().toNanos()), slice().toNanos());
        var slices = new ArrayList<List<Sample>>();
        for (int index = 0; index < count; index++) {
            slices.add(new ArrayList<>());
        }
        for (var sample : samples) {
            var index = (int) (sample.sentAt().toNanos() / slice().toNanos());
            slices.get(Math.min(index, count - 1)).add(sample);
        }
        return slices;
    }

    /** Whole seconds, so many that a line has not too many points. */
    private Duration slice() {
        return Duration.ofSeconds(Math.max(1, Math.ceilDiv(run.lasted().toSeconds(), MOST_POINTS)));
    }

    private String rules() {
        return run.ruleResults().stream()
                .map(ruleResult -> "<tr class=\"%s\"><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                ruleResult.holds() ? "ok" : "bad",
                                ruleResult.holds() ? "holds" : "broken",
                                ruleResult.source(),
                                escaped(ruleResult.rule())
                                        + ruleResult.violations().stream()
                                                .map(line -> "<br><code>" + escaped(line) + "</code>")
                                                .collect(Collectors.joining()),
                                ruleResult.checked() == RuleResult.ALL ? "all" : grouped(ruleResult.checked())))
                .collect(Collectors.joining("\n"));
    }

    private String firstErrors() {
        if (run.firstErrors().isEmpty()) {
            return "<p>None.</p>";
        }
        return "<table><thead><tr><th>at</th><th>action</th><th>request</th><th>problem</th><th>what it says</th>"
                + "<th>trace</th></tr></thead><tbody>"
                + run.firstErrors().stream().map(ReportPage::errorRow).collect(Collectors.joining("\n"))
                + "</tbody></table>"
                + (run.errorCount() > run.firstErrors().size()
                        ? "<p>And "
                                + grouped(run.errorCount() - run.firstErrors().size()) + " more.</p>"
                        : "");
    }

    private static String errorRow(RequestError error) {
        var cells = Arrays.asList(
                number(error.sentAt().toMillis() / 1e3) + " s",
                spoken(error.label()),
                escaped(error.request()),
                escaped(error.outcome().toString()),
                escaped(error.detail()),
                "<code>" + escaped(error.traceId()) + "</code>");
        return cells.stream().map("<td>%s</td>"::formatted).collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String spoken(String title) {
        return title.replace('_', ' ');
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
