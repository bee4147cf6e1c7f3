package kinoteka.gateway.cache;

import kinoteka.gateway.cache.coherence.Writes;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;

/** Counts the changes of a write before its response is passed on, unless the catalogue has rejected it (RFC 9111, 4.4). */
final class WriteObserver {

    private static final int FIRST_CLIENT_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    private final Writes writes;

    WriteObserver(Writes writes) {
        this.writes = writes;
    }

    Mono<UpstreamResponse> observe(UpstreamRequest request, Mono<UpstreamResponse> call) {
        return call.doOnNext(response -> onResponse(request, response))
                .doOnError(UpstreamException.class, failure -> onFailure(request, failure));
    }

    private void onResponse(UpstreamRequest request, UpstreamResponse response) {
        if (response.status() < FIRST_CLIENT_ERROR) {
            writes.count(request.endpoint(), request.method(), request.target(), response.headers());
        } else if (response.status() >= FIRST_SERVER_ERROR) {
            writes.count(request.endpoint(), request.method(), request.target());
        }
    }

    /** Without a response, the write may have taken effect. */
    private void onFailure(UpstreamRequest request, UpstreamException failure) {
        if (!failure.reason().isNeverSent()) {
            writes.count(request.endpoint(), request.method(), request.target());
        }
    }
}
