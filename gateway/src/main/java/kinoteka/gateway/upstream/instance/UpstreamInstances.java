package kinoteka.gateway.upstream.instance;

import io.netty.resolver.AddressResolverGroup;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import kinoteka.gateway.upstream.InstanceClient;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamSettings;
import kinoteka.gateway.upstream.netty.ClientSettings;
import kinoteka.gateway.upstream.netty.NettyClient;
import kinoteka.gateway.upstream.netty.PoolSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.NameResolverProvider;

/** All instances of the catalogue. */
@Component
public class UpstreamInstances implements DisposableBean {

    private final List<NettyClient> clients;
    private final List<UpstreamInstance> all;
    private final AddressResolverGroup<InetSocketAddress> resolver;
    private final AtomicInteger requests = new AtomicInteger();

    UpstreamInstances(
            UpstreamSettings settings,
            InstanceClient.Decorator decorator,
            ReactorResourceFactory server,
            PrometheusRegistry registry) {
        var loops = server.getLoopResources();
        resolver = NameResolverProvider.builder().build().newNameResolverGroup(loops, LoopResources.DEFAULT_NATIVE);
        clients = settings.catalogue().stream()
                .map(uri -> new NettyClient(uri, loops, resolver, client(settings), pools(settings)))
                .toList();
        all = clients.stream()
                .map(client -> new UpstreamInstance(
                        client,
                        decorator.decorate(client),
                        System::nanoTime,
                        settings.healthCheck().failures(),
                        settings.ejection().failures()))
                .toList();
        GaugeWithCallback.builder()
                .name("upstream_up")
                .help("1 while the instance of the catalogue at this address is healthy and not ejected, otherwise 0.")
                .labelNames("upstream", "address")
                .callback(gauge -> all.forEach(instance -> gauge.call(
                        instance.isHealthy() && instance.isAvailable() ? 1 : 0, "catalogue", instance.toString())))
                .register(registry);
        PoolMetrics.register(registry, clients);
    }

    private static ClientSettings client(UpstreamSettings settings) {
        return new ClientSettings(
                settings.connectTimeout(),
                settings.responseTimeLimit(),
                settings.streamIdleTimeout(),
                settings.maxIdleTime());
    }

    private static Map<PoolName, PoolSettings> pools(UpstreamSettings settings) {
        return Map.of(
                PoolName.REQUESTS,
                pool(settings.requests()),
                PoolName.STREAMS,
                pool(settings.streams()),
                PoolName.HEALTH_CHECKS,
                new PoolSettings(1, 1, settings.connectTimeout()),
                PoolName.CHANGES,
                new PoolSettings(2, 1, settings.connectTimeout())); // one may still be closing
    }

    private static PoolSettings pool(UpstreamSettings.Pool pool) {
        return new PoolSettings(pool.maxConnections(), pool.pendingAcquireMax(), pool.acquireTimeout());
    }

    /** Whether at least one instance is healthy. */
    public boolean isAnyHealthy() {
        return all.stream().anyMatch(UpstreamInstance::isHealthy);
    }

    List<UpstreamInstance> all() {
        return all;
    }

    /**
     * Returns the instances to try for one request.
     *
     * @param failed URI of the instance that has failed this request before; null if there is none
     */
    Candidates candidates(@Nullable String failed) {
        return Candidates.of(
                all,
                requests.getAndIncrement(),
                failed,
                bound -> ThreadLocalRandom.current().nextInt(bound),
                System.nanoTime());
    }

    /** Returns the current state of each instance. */
    public List<State> states() {
        return all.stream()
                .map(instance ->
                        new State(instance.toString(), instance.isHealthy(), instance.isEjected(), instance.inFlight()))
                .toList();
    }

    @Override
    public void destroy() {
        clients.forEach(NettyClient::close);
        resolver.close();
    }

    /**
     * The state of an instance at one time.
     *
     * @param address its URI
     * @param healthy whether its health checks succeed
     * @param ejected whether requests could not reach it, and no health check has succeeded since
     * @param inFlight number of calls in progress whose response headers have not arrived
     */
    public record State(String address, boolean healthy, boolean ejected, int inFlight) {}
}
