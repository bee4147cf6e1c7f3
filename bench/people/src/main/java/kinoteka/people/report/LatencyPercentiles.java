package kinoteka.people.report;

import java.util.List;
import java.util.Locale;
import kinoteka.people.metrics.Sample;

/** Latency percentiles in milliseconds, computed from all samples by the nearest-rank method; 0 if there are no samples. */
record LatencyPercentiles(double p50, double p90, double p99, double max) {

    static LatencyPercentiles of(List<Sample> samples) {
        var sorted = samples.stream()
                .mapToDouble(sample -> sample.duration().toNanos() / 1e6)
                .sorted()
                .toArray();
        return new LatencyPercentiles(
                nearestRank(sorted, 0.5), nearestRank(sorted, 0.9), nearestRank(sorted, 0.99), nearestRank(sorted, 1));
    }

    /** Formats a latency with a decimal place only below 10 ms: {@code 3.4}, {@code 28}. */
    static String format(double milliseconds) {
        return String.format(Locale.ROOT, milliseconds < 10 ? "%.1f" : "%.0f", milliseconds);
    }

    private static double nearestRank(double[] sorted, double quantile) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(sorted.length * quantile) - 1)];
    }
}
