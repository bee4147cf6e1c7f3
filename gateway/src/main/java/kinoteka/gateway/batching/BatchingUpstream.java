package kinoteka.gateway.batching;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Combines reads of single resources. A read is sent at once unless so many calls are in
 * progress that it would wait in the catalogue. What arrives meanwhile is sent together. Each event loop combines the reads of its own
 * clients, so that no read changes its thread.
 */
final class BatchingUpstream implements Upstream {

    private final Upstream next;
    private final Supplier<BatchingSettings> settings;
    private final BatchCall batches;
    private final Predicate<CallRecord> mayRetry;
    private final BatchMetrics metrics;

    private final FastThreadLocal<Map<Endpoint, Gathering>> gatherings = new FastThreadLocal<>() {
        @Override
        protected Map<Endpoint, Gathering> initialValue() {
            return new EnumMap<>(Endpoint.class);
        }
    };

    /**
     * Creates a decorator.
     *
     * @param headers those of a request that the gateway makes itself
     * @param mayRetry takes one retry out of the retry budget; false if none is left
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    BatchingUpstream(
            Upstream next,
            Supplier<BatchingSettings> settings,
            Supplier<HttpHeaders> headers,
            Predicate<CallRecord> mayRetry,
            LongSupplier nanoClock,
            BatchMetrics metrics) {
        this.next = next;
        this.settings = settings;
        this.mayRetry = mayRetry;
        this.batches = new BatchCall(next, headers, new Pauses(nanoClock), metrics);
        this.metrics = metrics;
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        var id = BatchedReads.id(request);
        if (id == BatchedReads.NONE) {
            return next.call(request);
        }
        return Mono.defer(() -> {
            @Nullable EventExecutor eventLoop = ThreadExecutorMap.currentExecutor();
            return eventLoop == null ? next.call(request) : gather(request, id, eventLoop);
        });
    }

    private Mono<UpstreamResponse> gather(UpstreamRequest request, long id, EventExecutor eventLoop) {
        return Mono.create(sink -> {
            var read = new Read(request, id, sink);
            var gathering = gathering(request.endpoint(), eventLoop);
            sink.onCancel(() -> gathering.cancel(read));
            gathering.add(read);
        });
    }

    private Gathering gathering(Endpoint endpoint, EventExecutor eventLoop) {
        return gatherings
                .get()
                .computeIfAbsent(
                        endpoint, kind -> new Gathering(next, batches, settings, mayRetry, eventLoop, metrics));
    }
}
