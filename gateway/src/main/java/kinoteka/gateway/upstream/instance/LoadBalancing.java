package kinoteka.gateway.upstream.instance;

import java.util.Iterator;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;

/** Distributes requests over the instances (round robin). If a request could not be sent to one instance, the next one is tried. */
public final class LoadBalancing implements Upstream {

    private final UpstreamInstances instances;

    public LoadBalancing(UpstreamInstances instances) {
        this.instances = instances;
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        return Mono.defer(() -> call(request, instances.candidates().iterator()));
    }

    private static Mono<UpstreamResponse> call(UpstreamRequest request, Iterator<UpstreamInstance> remaining) {
        var instance = remaining.next();
        request.record().attempted();
        return instance.client()
                .call(request)
                .doOnNext(response -> instance.markReachable())
                .onErrorResume(UpstreamException.class, failure -> {
                    request.record().failed(failure.reason());
                    recordFailure(instance, failure);
                    return failure.reason().isNeverSent() && remaining.hasNext()
                            ? call(request, remaining)
                            : Mono.error(failure);
                });
    }

    private static void recordFailure(UpstreamInstance instance, UpstreamException failure) {
        switch (failure.reason()) {
            case UNREACHABLE -> instance.markUnreachable(String.valueOf(failure.getMessage()));
            case TIMED_OUT, BROKEN_OFF -> instance.markReachable();
            case POOL_EXHAUSTED -> {} // independent of the state of the instance
        }
    }
}
