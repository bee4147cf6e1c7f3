package kinoteka.gateway.console;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of durations in exponential buckets, as in a native histogram of Prometheus: bucket {@code i} ends at {@code 2^(i / 2^schema)}
 * seconds. Immutable.
 *
 * @param schema resolution, -4 to 8. A lower one has wider buckets
 * @param zero count of the durations that are too short for a bucket
 * @param buckets counts by index of the bucket
 */
record Durations(int schema, long zero, TreeMap<Integer, Long> buckets) {

    private static final int FINEST = 8;

    static final Durations NONE = new Durations(FINEST, 0, new TreeMap<>());

    static Durations of(HistogramDataPointSnapshot series) {
        var buckets = new TreeMap<Integer, Long>();
        series.getNativeBucketsForPositiveValues()
                .forEach(bucket -> buckets.put(bucket.getBucketIndex(), bucket.getCount()));
        return new Durations(series.getNativeSchema(), series.getNativeZeroCount(), buckets);
    }

    Durations plus(Durations other) {
        return combine(other, 1);
    }

    /** Returns what was counted since the earlier counts of the same histogram. */
    Durations minus(Durations earlier) {
        return combine(earlier, -1);
    }

    private Durations combine(Durations other, int sign) {
        var common = Math.min(schema, other.schema);
        var sums = at(common);
        other.at(common).forEach((bucket, count) -> sums.merge(bucket, sign * count, Long::sum));
        return new Durations(common, zero + sign * other.zero, sums);
    }

    /** Returns the counts at a lower resolution, at which each bucket contains several of this one. */
    private TreeMap<Integer, Long> at(int lower) {
        var merged = new TreeMap<Integer, Long>();
        var factor = 1 << (schema - lower);
        buckets.forEach((bucket, count) -> merged.merge(Math.ceilDiv(bucket, factor), count, Long::sum));
        return merged;
    }

    long count() {
        return zero + buckets.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns the upper end of the bucket in which this quantile is, in seconds.
     *
     * @param quantile 0 to 1
     * @return {@code NaN} if nothing was counted
     */
    double quantile(double quantile) {
        var count = count();
        if (count <= 0) {
            return Double.NaN;
        }
        var rank = Math.max(1, Math.ceil(quantile * count));
        var seen = zero;
        if (seen >= rank) {
            return 0;
        }
        for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return Math.pow(2, bucket.getKey() / Math.pow(2, schema));
            }
        }
        return Double.NaN;
    }
}
