package kinoteka.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** What Prometheus reads on the operators' port. */
public final class Scrape {

    private final int port;

    public Scrape(int port) {
        this.port = port;
    }

    public String page(String accept) {
        try {
            return Wire.ask(port, "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: " + accept + "\r\n\r\n")
                    .body();
        } catch (IOException e) {
            throw new AssertionError("no scrape", e);
        }
    }

    public List<String> lines() {
        return page("text/plain").lines().toList();
    }

    /** The sum of all series of this metric that have all these labels, each written {@code name="value"}. */
    public double sum(String metric, String... labels) {
        return lines().stream()
                .filter(line -> (line.startsWith(metric + "{") || line.startsWith(metric + " "))
                        && Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Waits until {@link #sum} is this: a request is counted a moment after its answer is read. */
    public void awaitSum(double expected, String metric, String... labels) {
        Awaitility.await(metric + Arrays.toString(labels))
                .atMost(Duration.ofSeconds(30)) // on a busy machine
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(sum(metric, labels))
                        .as(() -> String.join(
                                "\n",
                                lines().stream()
                                        .filter(line -> line.startsWith(metric + "{"))
                                        .toList()))
                        .isEqualTo(expected));
    }

    /** Every value the label has in any series of the two request metrics. */
    public Set<String> valuesOf(String label) {
        var pattern = Pattern.compile("^request[a-z_]*\\{.*?\\b" + label + "=\"([^\"]*)\"");
        return lines().stream()
                .map(pattern::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toSet());
    }
}
