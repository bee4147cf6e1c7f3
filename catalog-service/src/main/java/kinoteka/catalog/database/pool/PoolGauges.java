package kinoteka.catalog.database.pool;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToIntFunction;
import reactor.pool.InstrumentedPool.PoolMetrics;

/** The pools' gauges, under the names that Spring Boot gives to those of other R2DBC pools. */
public final class PoolGauges implements MeterBinder {

    private final List<ConnectionLeases> pools;

    public PoolGauges(List<ConnectionLeases> pools) {
        this.pools = List.copyOf(pools);
    }

    @Override
    public void bindTo(MeterRegistry metrics) {
        for (var pool : pools) {
            gauge(metrics, pool, "acquired", PoolMetrics::acquiredSize, "Connections in use");
            gauge(metrics, pool, "allocated", PoolMetrics::allocatedSize, "Connections that exist");
            gauge(metrics, pool, "idle", PoolMetrics::idleSize, "Connections that exist and are not in use");
            gauge(metrics, pool, "pending", PoolMetrics::pendingAcquireSize, "Requests that wait for a connection");
            gauge(metrics, pool, "max.allocated", PoolMetrics::getMaxAllocatedSize, "Connections that may exist");
            gauge(metrics, pool, "max.pending", PoolMetrics::getMaxPendingAcquireSize, "Requests that may wait");
        }
    }

    private static void gauge(
            MeterRegistry metrics,
            ConnectionLeases pool,
            String name,
            ToIntFunction<PoolMetrics> value,
            String description) {
        Gauge.builder("r2dbc.pool." + name, pool, leases -> value.applyAsInt(leases.metrics()))
                .description(description)
                .baseUnit("connections")
                .tag("name", pool.name())
                .register(metrics);
    }
}
