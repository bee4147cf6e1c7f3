package kinoteka.gateway.upstream.instance;

import java.util.Iterator;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;

/** Sends each request to the instance whose turn it is, and on to the next while an instance has received nothing of it. */
public final class LoadBalancing implements Upstream {

    private final UpstreamInstances instances;

    public LoadBalancing(UpstreamInstances instances) {
        this.instances = instances;
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        return Mono.defer(() -> call(request, instances.inTurn().iterator()));
    }

    private static Mono<UpstreamResponse> call(UpstreamRequest request, Iterator<UpstreamInstance> remaining) {
        var instance = remaining.next();
        return instance.client()
                .call(request)
                .doOnNext(response -> instance.markReached())
                .onErrorResume(UpstreamException.class, failure -> {
                    record(instance, failure);
                    return failure.reason().isNeverSent() && remaining.hasNext()
                            ? call(request, remaining)
                            : Mono.error(failure);
                });
    }

    private static void record(UpstreamInstance instance, UpstreamException failure) {
        switch (failure.reason()) {
            case UNREACHABLE -> instance.markUnreachable(String.valueOf(failure.getMessage()));
            case TIMED_OUT, BROKEN_OFF -> instance.markReached();
            case POOL_EXHAUSTED -> {} // says nothing about the instance
        }
    }
}
