package kinoteka.gateway.batching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Without a network: a call is in progress until the test ends it. There is no budget for retries. */
class BatchingUpstreamTest {

    private static final String INSTANCE = "http://a";
    private static final int PAUSE_SECONDS = 10;

    private final EventExecutor eventLoop = new DefaultEventExecutor();
    private final AtomicLong nanos = new AtomicLong();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private Duration maxWait = Duration.ofSeconds(1);
    private final BatchingUpstream batching = new BatchingUpstream(
            this::call,
            () -> new BatchingSettings(true, 64, 1, maxWait),
            DefaultHttpHeaders::new,
            record -> false,
            nanos::get,
            new BatchMetrics(registry));

    @AfterEach
    void stop() {
        eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void eachReadEndsWhateverHappensToAnother(Throwable defect) {
        var defective = new DefaultHttpHeaders() {
            @Override
            public List<String> getAll(CharSequence name) {
                if (HttpHeaderNames.IF_NONE_MATCH.contentEqualsIgnoreCase(name)) {
                    raise(defect);
                }
                return super.getAll(name);
            }
        };
        var reads = read(request(1), request(2), request(3, defective), request(4));

        end(0, response(200, film(1)));
        end(1, response(200, film(2), film(3), film(4)));

        assertThat(Stream.of(reads.get(1), reads.get(3)).map(CompletableFuture::join))
                .extracting(UpstreamResponse::status)
                .containsOnly(200);
        assertThatThrownBy(reads.get(2)::join)
                .isInstanceOf(CompletionException.class)
                .hasCause(defect);
        assertThat(gauge("batching_calls_in_flight")).isZero();
    }

    static Stream<Throwable> defects() {
        return Stream.of(new IllegalStateException("as the test says"), new NoClassDefFoundError("as the test says"));
    }

    @Test
    void noReadWaitsLongerThanALimit() {
        maxWait = Duration.ofMillis(1);
        read(request(1), request(2), request(3));

        await().until(() -> calls.size() == 2);
        assertThat(targets()).containsExactly("/api/movie/1", "/batch/movie?ids=2,3");
    }

    @Test
    void aCatalogueThatDoesNotKnowTheCallIsNotAskedAgainForAWhile() {
        read(request(1), request(2), request(3));
        end(0, response(200));
        end(1, response(404));
        assertThat(targets()).endsWith("/batch/movie?ids=2,3", "/api/movie/2", "/api/movie/3");

        nanos.set(Duration.ofSeconds(PAUSE_SECONDS).toNanos() - 1);
        read(request(4), request(5));
        assertThat(targets()).endsWith("/api/movie/4", "/api/movie/5");

        nanos.incrementAndGet();
        read(request(6), request(7));
        end(2, response(200));
        end(3, response(200));
        end(4, response(200));
        end(5, response(200));
        assertThat(targets()).endsWith("/api/movie/5", "/batch/movie?ids=6,7");
        assertThat(calls("unsupported")).isOne();
    }

    @Test
    void readsThatWaitWhenTheCatalogueDoesNotKnowTheCallAreSentAlone() {
        read(request(1), request(2), request(3));
        end(0, response(200));
        read(request(4), request(5));

        end(1, response(404));

        assertThat(targets())
                .containsExactly(
                        "/api/movie/1",
                        "/batch/movie?ids=2,3",
                        "/api/movie/2",
                        "/api/movie/3",
                        "/api/movie/4",
                        "/api/movie/5");
    }

    @Test
    void whatHappenedToTheCallHappenedToEachOfItsReads() {
        var second = request(2);
        var third = request(3);
        read(request(1), second, third);
        end(0, response(200));
        var record = calls.get(1).request().record();
        record.attempted();
        record.failed(new UpstreamException(FailureReason.UNREACHABLE, "http://b", "as the test says"));
        record.attempted();
        record.retried();

        end(1, response(200, film(2)));
        third.record().attempted();

        assertThat(second.record().attempts()).isEqualTo(2);
        assertThat(second.record().retries()).isOne();
        assertThat(second.record().lastFailure()).isEqualTo(FailureReason.UNREACHABLE);
        assertThat(second.record().lastFailedInstance()).isEqualTo("http://b");
        assertThat(third.record().attempts()).isEqualTo(3);
        assertThat(calls("ok")).isOne();
    }

    @Test
    void aCallIsCancelledWhenAllOfItsClientsHaveLeft() {
        var reads = read(request(1), request(2), request(3));
        end(0, response(200));

        reads.get(1).cancel(true);
        onEventLoop(() -> {});
        assertThat(calls("cancelled")).isZero();
        reads.get(2).cancel(true);
        onEventLoop(() -> {});

        assertThat(calls("cancelled")).isOne();
        assertThat(calls.get(1).sink().currentSubscriberCount()).isZero();
        assertThat(gauge("batching_calls_in_flight")).isZero();
        assertThat(gauge("batching_waiting")).isZero();
    }

    @Test
    void whatIsNotAResponseToTheCallIsAFailureOfEachRead() {
        var second = request(2);
        var reads = read(request(1), second, request(3));
        end(0, response(200));

        end(1, response(200, film(2), frame(3, "\"\r\n\"", "film 3")));

        for (var read : reads.subList(1, 3)) {
            assertThatThrownBy(read::join)
                    .hasCauseInstanceOf(UpstreamException.class)
                    .hasMessageEndingWith("a response for several resources has an invalid entity tag");
        }
        assertThat(second.record().lastFailure()).isEqualTo(FailureReason.BROKEN_OFF);
        assertThat(calls("failed")).isOne();
    }

    @Test
    void withoutABudgetForRetriesAFailedCallIsTheResponseToEachRead() {
        var reads = read(request(1), request(2), request(3));
        end(0, response(200));

        end(1, response(500));

        assertThat(reads.stream().skip(1).map(CompletableFuture::join))
                .extracting(UpstreamResponse::status)
                .containsExactly(500, 500);
        assertThat(calls).hasSize(2);
    }

    /** Sends these reads, one directly after the other. */
    private List<CompletableFuture<UpstreamResponse>> read(UpstreamRequest... requests) {
        return eventLoop
                .submit(() -> Stream.of(requests)
                        .map(request -> batching.call(request).toFuture())
                        .toList())
                .syncUninterruptibly()
                .getNow();
    }

    private void end(int call, UpstreamResponse response) {
        onEventLoop(() -> calls.get(call).sink().tryEmitValue(response).orThrow());
    }

    /** Does this on the event loop, after what it has been told before. */
    private void onEventLoop(Runnable task) {
        eventLoop.submit(task).syncUninterruptibly();
    }

    private Mono<UpstreamResponse> call(UpstreamRequest request) {
        var call = new Call(request, Sinks.one());
        calls.add(call);
        return call.sink().asMono();
    }

    private List<String> targets() {
        return calls.stream().map(call -> call.request().target()).toList();
    }

    private double calls(String result) {
        return registry.scrape("batching_calls"::equals).stream()
                .flatMap(metric -> metric.getDataPoints().stream())
                .filter(point -> result.equals(point.getLabels().get("result")))
                .mapToDouble(point -> ((CounterDataPointSnapshot) point).getValue())
                .sum();
    }

    private double gauge(String name) {
        return registry.scrape(name::equals).stream()
                .flatMap(metric -> metric.getDataPoints().stream())
                .mapToDouble(point -> ((GaugeDataPointSnapshot) point).getValue())
                .sum();
    }

    private static UpstreamRequest request(long id) {
        return request(id, EmptyHttpHeaders.INSTANCE);
    }

    private static UpstreamRequest request(long id, HttpHeaders headers) {
        return new UpstreamRequest(
                Endpoint.MOVIE,
                HttpMethod.GET,
                "/api/movie/" + id,
                headers,
                UpstreamRequest.Body.NONE,
                PoolName.REQUESTS,
                new CallRecord());
    }

    private static UpstreamResponse response(int status, byte[]... frames) {
        var body = ByteBuffer.allocate(
                Stream.of(frames).mapToInt(frame -> frame.length).sum());
        Stream.of(frames).forEach(body::put);
        return new UpstreamResponse.Complete(status, EmptyHttpHeaders.INSTANCE, INSTANCE, body.array());
    }

    private static byte[] film(long id) {
        return frame(id, "\"" + id + "\"", "film " + id);
    }

    private static byte[] frame(long id, String etag, String json) {
        return ByteBuffer.allocate(Long.BYTES + Short.BYTES + etag.length() + Integer.BYTES + json.length())
                .putLong(id)
                .putShort((short) etag.length())
                .put(etag.getBytes(UTF_8))
                .putInt(json.length())
                .put(json.getBytes(UTF_8))
                .array();
    }

    private static void raise(Throwable defect) {
        switch (defect) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalArgumentException(defect);
        }
    }

    private record Call(UpstreamRequest request, Sinks.One<UpstreamResponse> sink) {}
}
