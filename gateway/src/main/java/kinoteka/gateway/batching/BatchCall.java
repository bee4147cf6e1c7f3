package kinoteka.gateway.batching;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kinoteka.gateway.cache.fetch.PrimaryReads;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;

/** Calls the catalogue for several resources of one kind. */
final class BatchCall {

    private static final int OK = 200;
    private static final int FIRST_SERVER_ERROR = 500;

    private final Upstream next;
    private final Supplier<HttpHeaders> headers;
    private final Pauses pauses;
    private final BatchMetrics metrics;

    /**
     * Creates the calls.
     *
     * @param headers those of a request that the gateway makes itself
     */
    BatchCall(Upstream next, Supplier<HttpHeaders> headers, Pauses pauses, BatchMetrics metrics) {
        this.next = next;
        this.headers = headers;
        this.pauses = pauses;
        this.metrics = metrics;
    }

    /** Whether resources of this kind are read alone now, because the catalogue has not known such a call. */
    boolean isPaused(Endpoint endpoint) {
        return pauses.isPaused(endpoint);
    }

    /**
     * Reads these resources.
     *
     * @param reads at least one, all of one endpoint
     * @return the response. Fails with {@link UpstreamException}
     */
    Mono<BatchResponse> read(List<Read> reads) {
        return Mono.defer(() -> {
            var call = CallRecord.ofSeveral();
            reads.forEach(read -> read.request().record().join(call));
            var request = request(reads, call);
            return next.call(request)
                    .flatMap(received -> parse(received, call))
                    .doOnNext(response -> onResponse(request.endpoint(), response))
                    .doOnError(failure -> metrics.countEnd(BatchResult.FAILED))
                    .doOnCancel(() -> metrics.countEnd(BatchResult.CANCELLED));
        });
    }

    private void onResponse(Endpoint endpoint, BatchResponse response) {
        metrics.countEnd(response.result());
        if (response instanceof BatchResponse.Unsupported) {
            pauses.begin(endpoint);
        }
    }

    private UpstreamRequest request(List<Read> reads, CallRecord call) {
        var endpoint = reads.getFirst().request().endpoint();
        var ids = reads.stream()
                .map(Read::id)
                .distinct()
                .map(id -> Long.toString(id))
                .collect(Collectors.joining(","));
        return new UpstreamRequest(
                endpoint,
                HttpMethod.GET,
                Objects.requireNonNull(BatchedReads.path(endpoint), "only these endpoints are combined") + "?ids="
                        + ids,
                PrimaryReads.request(headers.get()),
                UpstreamRequest.Body.NONE,
                PoolName.REQUESTS,
                call);
    }

    private static Mono<BatchResponse> parse(UpstreamResponse received, CallRecord call) {
        return switch (received) {
            case UpstreamResponse.Complete complete -> parse(complete, call);
            case UpstreamResponse.Streamed streamed -> {
                streamed.discard().run();
                yield Mono.error(invalid(received, call, "a response for several resources is too long"));
            }
        };
    }

    private static Mono<BatchResponse> parse(UpstreamResponse.Complete received, CallRecord call) {
        if (received.status() >= FIRST_SERVER_ERROR) {
            return Mono.just(new BatchResponse.Failed(received));
        }
        if (received.status() != OK) {
            return Mono.just(new BatchResponse.Unsupported());
        }
        try {
            return Mono.just(BatchResponse.Found.of(received.headers(), received.instance(), received.body()));
        } catch (IOException invalid) {
            return Mono.error(invalid(received, call, String.valueOf(invalid.getMessage())));
        }
    }

    private static UpstreamException invalid(UpstreamResponse received, CallRecord call, String message) {
        var failure = new UpstreamException(FailureReason.BROKEN_OFF, received.instance(), message);
        call.failed(failure);
        return failure;
    }
}
