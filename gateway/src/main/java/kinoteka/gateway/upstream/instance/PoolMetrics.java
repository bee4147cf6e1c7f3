package kinoteka.gateway.upstream.instance;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.netty.NettyClient;
import kinoteka.gateway.upstream.netty.NettyClient.PoolState;

/** The metrics of the connection pools, by instance and pool. */
final class PoolMetrics {

    private static final String[] LABELS = {"upstream", "address", "pool"};

    private PoolMetrics() {}

    static void register(PrometheusRegistry registry, Supplier<List<NettyClient>> clients) {
        gauge(
                registry,
                clients,
                "active",
                "Connections that process a request or are being established.",
                PoolState::active);
        gauge(registry, clients, "idle", "Idle connections.", PoolState::idle);
        gauge(registry, clients, "max", "Maximum number of connections.", PoolState::max);
        GaugeWithCallback.builder()
                .name("upstream_pending_requests")
                .help("Requests that are waiting for a connection.")
                .labelNames(LABELS)
                .callback(gauge -> each(clients, PoolState::pending, gauge::call))
                .register(registry);
        CounterWithCallback.builder()
                .name("upstream_unsolicited_data_total")
                .help("Connections closed because unsolicited data arrived on them.")
                .labelNames(LABELS)
                .callback(counter -> each(clients, PoolState::unsolicited, counter::call))
                .register(registry);
    }

    private static void gauge(
            PrometheusRegistry registry,
            Supplier<List<NettyClient>> clients,
            String name,
            String help,
            ToDoubleFunction<PoolState> value) {
        GaugeWithCallback.builder()
                .name("upstream_connections_" + name)
                .help(help)
                .labelNames(LABELS)
                .callback(gauge -> each(clients, value, gauge::call))
                .register(registry);
    }

    private static void each(
            Supplier<List<NettyClient>> clients, ToDoubleFunction<PoolState> value, Observation observation) {
        for (var client : clients.get()) {
            for (var pool : PoolName.values()) {
                observation.observe(
                        value.applyAsDouble(client.state(pool)),
                        "catalogue",
                        client.instance().toString(),
                        pool.label());
            }
        }
    }

    private interface Observation {
        void observe(double value, String... labels);
    }
}
