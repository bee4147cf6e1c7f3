package kinoteka.gateway.upstream.instance;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.upstream.InstanceClient;
import kinoteka.gateway.upstream.UpstreamSettings;
import kinoteka.gateway.upstream.instance.Membership.Member;
import kinoteka.gateway.upstream.netty.NettyClient;
import kinoteka.gateway.upstream.netty.NettyClients;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Schedulers;

/** All instances of the catalogue. */
@Component
public class UpstreamInstances implements DisposableBean {

    /** Time between two checks whether removed instances have finished their calls. */
    private static final Duration STEP = Duration.ofMillis(100);

    private final Live<UpstreamSettings> settings;
    private final InstanceClient.Decorator decorator;
    private final NettyClients clients;
    private final Membership membership;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicBoolean advancing = new AtomicBoolean();
    private volatile Consumer<UpstreamInstance> onAdded = instance -> {};

    UpstreamInstances(
            Live<UpstreamSettings> settings,
            InstanceClient.Decorator decorator,
            ReactorResourceFactory server,
            PrometheusRegistry registry) {
        this.settings = settings;
        this.decorator = decorator;
        clients = new NettyClients(server.getLoopResources());
        membership = new Membership(
                settings.get().catalogue().stream()
                        .map(uri -> create(clients.create(uri, settings.get()), false))
                        .toList(),
                decorator::remove);
        settings.beforeChange(this::prepare);
        GaugeWithCallback.builder()
                .name("upstream_up")
                .help("1 while the instance of the catalogue at this address is healthy and not ejected, otherwise 0.")
                .labelNames("upstream", "address")
                .callback(gauge -> all().forEach(instance -> gauge.call(
                        instance.isHealthy() && instance.isAvailable() ? 1 : 0, "catalogue", instance.toString())))
                .register(registry);
        PoolMetrics.register(registry, membership::clients);
    }

    private Member create(NettyClient client, boolean isNew) {
        return new Member(
                new UpstreamInstance(client, decorator.decorate(client), System::nanoTime, this::thresholds, isNew),
                client);
    }

    private UpstreamInstance.Thresholds thresholds() {
        var current = settings.get();
        return new UpstreamInstance.Thresholds(
                current.healthCheck().failures(), current.ejection().failures());
    }

    private Runnable prepare(UpstreamSettings changed) {
        var added = new HashMap<URI, NettyClient>();
        for (var uri : changed.catalogue()) {
            if (membership.find(uri) == null) {
                added.put(uri, clients.create(uri, changed));
            }
        }
        return () -> apply(changed, added);
    }

    private void apply(UpstreamSettings changed, Map<URI, NettyClient> added) {
        membership.clients().forEach(client -> NettyClients.change(client, changed));
        var next = changed.catalogue().stream()
                .map(uri -> {
                    var known = membership.find(uri);
                    return known != null
                            ? known
                            : create(added.computeIfAbsent(uri, gone -> clients.create(gone, changed)), true);
                })
                .toList();
        membership.change(next);
        next.forEach(member -> onAdded.accept(member.instance()));
        advance();
    }

    /** Continues until removed instances have finished their calls. */
    private void advance() {
        if (membership.advance() && advancing.compareAndSet(false, true)) {
            Schedulers.parallel()
                    .schedule(
                            () -> {
                                advancing.set(false);
                                advance();
                            },
                            STEP.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Sets the listener to the instances that are added, or that may have been there before. */
    void onAdded(Consumer<UpstreamInstance> listener) {
        onAdded = listener;
    }

    /** Whether at least one instance is healthy. */
    public boolean isAnyHealthy() {
        return all().stream().anyMatch(UpstreamInstance::isHealthy);
    }

    /** The instances that may receive calls. */
    List<UpstreamInstance> all() {
        return membership.used();
    }

    boolean isUsed(UpstreamInstance instance) {
        return all().contains(instance);
    }

    /**
     * Returns the instances to try for one request.
     *
     * @param failed URI of the instance that has failed this request before; null if there is none
     */
    Candidates candidates(@Nullable String failed) {
        return Candidates.of(
                all(),
                requests.getAndIncrement(),
                failed,
                bound -> ThreadLocalRandom.current().nextInt(bound),
                System.nanoTime());
    }

    /** Returns the current state of each instance. */
    public List<State> states() {
        return all().stream()
                .map(instance ->
                        new State(instance.toString(), instance.isHealthy(), instance.isEjected(), instance.inFlight()))
                .toList();
    }

    @Override
    public void destroy() {
        membership.clients().forEach(NettyClient::close);
        clients.close();
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
