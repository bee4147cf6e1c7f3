package kinoteka.gateway.tracing;

import java.net.URI;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.upstream.InstanceClient;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;

/**
 * Records the attempts of calls whose spans are recorded. Each attempt is a span of its own, which the instance receives as the parent of
 * its spans. Other calls pass unchanged.
 */
final class RecordedAttempts implements InstanceClient {

    private final InstanceClient client;

    RecordedAttempts(InstanceClient client) {
        this.client = client;
    }

    @Override
    public URI instance() {
        return client.instance();
    }

    @Override
    public boolean isRejecting() {
        return client.isRejecting();
    }

    @Override
    public int limit() {
        return client.limit();
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        var trace = request.record().trace();
        return trace == null ? client.call(request) : Mono.defer(() -> record(request, trace));
    }

    private Mono<UpstreamResponse> record(UpstreamRequest request, Trace trace) {
        var attempt = request.record().begin(instance().toString());
        return client.call(request.withTraceparent(trace.traceparent(attempt.spanId())))
                .doOnNext(response -> attempt.end(response.status(), null))
                .doOnError(
                        failure -> attempt.end(0, failure instanceof UpstreamException failed ? failed.reason() : null))
                .doOnCancel(() -> attempt.end(0, null));
    }
}
