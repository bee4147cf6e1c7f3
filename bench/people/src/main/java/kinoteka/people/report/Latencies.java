package kinoteka.people.report;

import java.util.List;
import java.util.Locale;
import kinoteka.people.metrics.Sample;

/** How long requests took, in milliseconds: nearest ranks of all of them. */
record Latencies(double p50, double p90, double p99, double max) {

    static Latencies of(List<Sample> samples) {
        var sorted = samples.stream()
                .mapToDouble(sample -> sample.duration().toNanos() / 1e6)
                .sorted()
                .toArray();
        return new Latencies(rank(sorted, 0.5), rank(sorted, 0.9), rank(sorted, 0.99), rank(sorted, 1));
    }

    /** As short as it can be read: {@code 3.4}, {@code 28}. */
    static String shown(double milliseconds) {
        return String.format(Locale.ROOT, milliseconds < 10 ? "%.1f" : "%.0f", milliseconds);
    }

    private static double rank(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)];
    }
}
