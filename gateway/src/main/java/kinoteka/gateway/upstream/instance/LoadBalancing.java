package kinoteka.gateway.upstream.instance;

import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;

/**
 * Distributes requests over the instances, by their load. If a request could not be sent to one instance, the next one is tried.
 *
 * <p>Such an attempt needs no retry budget, because it cannot multiply an outage: the previous instance received at most an attempt to
 * connect, which its ejection ends after a few requests, and the request is still sent at most once.
 */
public final class LoadBalancing implements Upstream {

    private final UpstreamInstances instances;

    public LoadBalancing(UpstreamInstances instances) {
        this.instances = instances;
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        return Mono.defer(
                () -> call(request, instances.candidates(request.record().lastFailedInstance())));
    }

    private static Mono<UpstreamResponse> call(UpstreamRequest request, Candidates candidates) {
        var instance = candidates.next();
        request.record().attempted();
        return instance.call(request).onErrorResume(UpstreamException.class, failure -> {
            request.record().failed(failure);
            return failure.reason().isNeverSent() && candidates.hasNext()
                    ? call(request, candidates)
                    : Mono.error(failure);
        });
    }
}
