package kinoteka.gateway.console;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.gateway.console.MetricsReader.Reading;
import kinoteka.gateway.console.Snapshot.Series;
import kinoteka.gateway.console.Snapshot.Traffic;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Snapshot} from each reading of the metrics and the ones before. Not thread-safe. */
final class Snapshots {

    /** Number of readings over which quantiles are computed: in one second there are too few requests for a 99th percentile. */
    private static final int WINDOW = 10;

    private static final double MILLIS_PER_SECOND = 1000;

    private final RecentRequests recent;
    private final Deque<Reading> earlier = new ArrayDeque<>();

    Snapshots(RecentRequests recent) {
        this.recent = recent;
    }

    /**
     * Returns what has happened since the previous reading. For the first one, that is nothing.
     *
     * @param time milliseconds since 1970
     */
    Snapshot next(Reading now, long time) {
        var last = earlier.isEmpty() ? now : earlier.getLast();
        var windowStart = earlier.isEmpty() ? now : earlier.getFirst();
        earlier.addLast(now);
        if (earlier.size() > WINDOW) {
            earlier.removeFirst();
        }
        var seconds = Math.max(now.secondsSince(last), 0.001);
        var lastSecond = now.requests().minus(last.requests());
        var window = now.requests().minus(windowStart.requests());
        return new Snapshot(
                time,
                ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND,
                traffic("", lastSecond.all(), window.all(), seconds),
                endpoints(lastSecond, window, seconds),
                Reading.rates(now.rejections(), last.rejections(), seconds).stream()
                        .filter(rejection -> rejection.value() > 0)
                        .toList(),
                gauges(now, Reading.rates(now.counters(), last.counters(), seconds)),
                recent.failed(),
                recent.slowest());
    }

    private static List<Traffic> endpoints(RequestCounts lastSecond, RequestCounts window, double seconds) {
        return window.byEndpoint().entrySet().stream()
                .filter(endpoint -> endpoint.getValue().count() > 0)
                .sorted(Comparator.comparingLong(
                        endpoint -> -endpoint.getValue().count()))
                .map(endpoint -> traffic(
                        endpoint.getKey(),
                        lastSecond.byEndpoint().getOrDefault(endpoint.getKey(), RequestCounts.OfEndpoint.NONE),
                        endpoint.getValue(),
                        seconds))
                .toList();
    }

    private static Traffic traffic(
            String endpoint, RequestCounts.OfEndpoint lastSecond, RequestCounts.OfEndpoint window, double seconds) {
        return new Traffic(
                endpoint,
                lastSecond.successful() / seconds,
                lastSecond.clientErrors() / seconds,
                lastSecond.disconnected() / seconds,
                lastSecond.failed() / seconds,
                quantile(window, 0.5),
                quantile(window, 0.99));
    }

    private static @Nullable Double quantile(RequestCounts.OfEndpoint counts, double quantile) {
        var value = counts.durations().quantile(quantile);
        return Double.isNaN(value) ? null : value;
    }

    private static Map<String, List<Series>> gauges(Reading now, List<Series> rates) {
        return Stream.concat(now.gauges().stream(), rates.stream())
                .collect(Collectors.groupingBy(Series::metric, TreeMap::new, Collectors.toList()));
    }
}
