package kinoteka.gateway.ratelimit;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import kinoteka.gateway.ratelimit.bucket.BucketKey;
import kinoteka.gateway.ratelimit.bucket.BucketTable;
import kinoteka.gateway.ratelimit.bucket.Group;
import kinoteka.gateway.ratelimit.bucket.LocalLimiter;
import kinoteka.gateway.ratelimit.bucket.Scope;
import kinoteka.gateway.ratelimit.redis.SharedLimiter;
import org.jspecify.annotations.Nullable;

/** The metrics of rate limits. */
final class RateLimitMetrics {

    private final Counter rejected;

    /**
     * Registers the metrics.
     *
     * @param redis null if the gateway counts by itself
     */
    RateLimitMetrics(PrometheusRegistry registry, LocalLimiter local, @Nullable SharedLimiter redis) {
        var buckets = redis == null ? List.of(local.buckets()) : List.of(local.buckets(), redis.buckets());
        rejected = Counter.builder()
                .name("ratelimit_rejected_total")
                .help("Requests that were rejected because their client exceeded a limit.")
                .labelNames("scope", "group")
                .register(registry);
        for (var scope : Scope.values()) {
            for (var group : Group.values()) {
                rejected.initLabelValues(scope.label(), group.label());
            }
        }
        GaugeWithCallback.builder()
                .name("ratelimit_buckets")
                .help("Buckets of clients in the memory of this gateway.")
                .callback(gauge -> gauge.call(
                        (double) buckets.stream().mapToLong(BucketTable::size).sum()))
                .register(registry);
        CounterWithCallback.builder()
                .name("ratelimit_overflow_total")
                .help(
                        "Times that a request was counted in a shared bucket, because there were too many buckets of clients.")
                .callback(counter -> counter.call((double)
                        buckets.stream().mapToLong(BucketTable::overflowed).sum()))
                .register(registry);
        CounterWithCallback.builder()
                .name("ratelimit_redis_failures_total")
                .help("Requests for which Redis did not respond in time.")
                .callback(counter -> counter.call(redis == null ? 0 : (double) redis.failures()))
                .register(registry);
    }

    void recordRejection(BucketKey key) {
        rejected.labelValues(key.scope().label(), key.group().label()).inc();
    }
}
