package kinoteka.gateway.upstream.instance;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import kinoteka.gateway.upstream.UpstreamSettings;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
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
    private final Duration interval;
    private final Duration timeout;
    private Disposable checking = Disposables.disposed();

    HealthCheck(UpstreamInstances instances, UpstreamSettings settings) {
        this.instances = instances;
        this.interval = settings.healthCheck().interval();
        this.timeout = settings.connectTimeout();
    }

    @Override
    public void start() {
        checking = Flux.fromIterable(instances.all())
                .flatMap(this::checkRepeatedly)
                .subscribe();
    }

    private Flux<Void> checkRepeatedly(UpstreamInstance instance) {
        return check(instance).repeatWhen(ended -> ended.delayElements(interval));
    }

    private Mono<Void> check(UpstreamInstance instance) {
        return instance.healthCheckClient()
                .call(PING)
                .timeout(timeout)
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
    public void stop() {
        checking.dispose();
    }

    @Override
    public boolean isRunning() {
        return !checking.isDisposed();
    }
}
