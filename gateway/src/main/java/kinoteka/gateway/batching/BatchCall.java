package kinoteka.gateway.batching;

import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import kinoteka.gateway.cache.fetch.PrimaryReads;
import kinoteka.gateway.headers.RequestHeaders;
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
    private final RequestHeaders headers;

    BatchCall(Upstream next, RequestHeaders headers) {
        this.next = next;
        this.headers = headers;
    }

    /**
     * Reads these resources.
     *
     * @param reads at least one, all of one endpoint
     * @return the response. Fails with {@link UpstreamException}
     */
    Mono<BatchResponse> read(List<Read> reads) {
        reads.forEach(read -> read.request().record().attempted());
        return next.call(request(reads)).flatMap(BatchCall::parse);
    }

    private UpstreamRequest request(List<Read> reads) {
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
                PrimaryReads.request(headers.own()),
                UpstreamRequest.Body.NONE,
                PoolName.REQUESTS,
                new CallRecord());
    }

    private static Mono<BatchResponse> parse(UpstreamResponse received) {
        return switch (received) {
            case UpstreamResponse.Complete complete -> parse(complete);
            case UpstreamResponse.Streamed streamed -> {
                streamed.discard().run();
                yield Mono.error(invalid(received, "a response for several resources is too long"));
            }
        };
    }

    private static Mono<BatchResponse> parse(UpstreamResponse.Complete received) {
        if (received.status() >= FIRST_SERVER_ERROR) {
            return Mono.just(new BatchResponse.Failed(received));
        }
        if (received.status() != OK) {
            return Mono.just(new BatchResponse.Unsupported());
        }
        try {
            return Mono.just(BatchResponse.Found.of(received.headers(), received.instance(), received.body()));
        } catch (IOException invalid) {
            return Mono.error(invalid(received, String.valueOf(invalid.getMessage())));
        }
    }

    private static UpstreamException invalid(UpstreamResponse received, String message) {
        return new UpstreamException(FailureReason.BROKEN_OFF, received.instance(), message);
    }
}
