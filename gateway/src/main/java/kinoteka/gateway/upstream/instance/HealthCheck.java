package kinoteka.gateway.upstream.instance;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import kinoteka.gateway.upstream.UpstreamSettings;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Requests {@code /ping} of every instance at an interval. It uses a separate connection pool, so that an instance is not considered
 * unhealthy because the connections for requests are slow or all in use.
 */
@Component
class HealthCheck implements SmartLifecycle {

    private static final int OK = 200;
    private static final UpstreamRequest PING = new UpstreamRequest(
            Endpoint.PING,
            HttpMethod.GET,
            "/ping",
            EmptyHttpHeaders.INSTANCE,
            UpstreamRequest.Body.NONE,
            PoolName.HEALTH_CHECKS,
            new CallRecord());

    private final UpstreamInstances instances;
    private final Supplier<UpstreamSettings> settings;
    private final Map<UpstreamInstance, Disposable> checking = new HashMap<>();
    private boolean running;

    HealthCheck(UpstreamInstances instances, Live<UpstreamSettings> settings) {
        this.instances = instances;
        this.settings = settings::get;
        instances.onAdded(this::add);
    }

    @Override
    public synchronized void start() {
        running = true;
        instances.all().forEach(this::add);
    }

    private synchronized void add(UpstreamInstance instance) {
        if (running) {
            checking.computeIfAbsent(instance, added -> checkRepeatedly(added).subscribe());
        }
    }

    private synchronized boolean isStillUsed(UpstreamInstance instance) {
        var used = instances.isUsed(instance);
        if (!used) {
            checking.remove(instance);
        }
        return used;
    }

    private Flux<Void> checkRepeatedly(UpstreamInstance instance) {
        return check(instance).repeatWhen(ended -> ended.concatMap(
                        end -> Mono.delay(settings.get().healthCheck().interval()))
                .takeWhile(due -> isStillUsed(instance)));
    }

    private Mono<Void> check(UpstreamInstance instance) {
        return instance.healthCheckClient()
                .call(PING)
                .timeout(settings.get().connectTimeout())
                .doOnNext(response -> recordResult(instance, response))
                .doOnError(failure -> instance.healthCheckFailed(failure.toString()))
                .onErrorComplete()
                .then();
    }

    private static void recordResult(UpstreamInstance instance, UpstreamResponse response) {
        if (response instanceof UpstreamResponse.Streamed streamed) {
            streamed.discard().run();
        }
        if (response.status() == OK) {
            instance.healthCheckSucceeded();
        } else {
            instance.healthCheckFailed("status " + response.status());
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        checking.values().forEach(Disposable::dispose);
        checking.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
