package kinoteka.gateway.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@GatewayTest
class StreamingIT {

    private static final String GET = "GET /api/session HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final int port;
    private final Scrape scrape;

    StreamingIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "text/event-stream"})
    void passesEachChunkOnBeforeTheNextExists(String type) throws IOException {
        var source = Sinks.many().unicast().<String>onBackpressureBuffer();
        Upstream.SHARED.answers(
                (request, response) -> response.header("Content-Type", type).sendString(source.asFlux()));
        try (var wire = new Wire(port)) {
            source.tryEmitNext("one\n");
            assertThat(wire.send(GET).head().header("content-type")).isEqualTo(type);
            assertThat(wire.chunk()).isEqualTo("one\n");
            source.tryEmitNext("two\n");
            assertThat(wire.chunk()).isEqualTo("two\n");
            source.tryEmitComplete();
            assertThat(wire.chunk()).isEmpty();
        }
    }

    @Test
    void aClientThatDoesNotReadStopsTheUpstream() throws Exception {
        var sent = new AtomicLong();
        var kilobyte = "x".repeat(1024);
        Upstream.SHARED.answers((request, response) -> response.sendString(Flux.generate(sink -> {
            sent.incrementAndGet();
            sink.next(kilobyte);
        })));
        try (var wire = Wire.withReceiveBuffer(port, 8 * 1024)) {
            wire.send(GET).head();
            awaitStandstill(sent);

            assertThat(sent.get()).isLessThan(20 * 1024); // KiB, most of it in the sockets' buffers
        }
    }

    /** The pause is longer than the time limit for the headers, and shorter than the idle timeout of streams. */
    @Test
    void aStreamMayPause() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.sendString(
                Flux.just("[1,").concatWith(Mono.delay(Duration.ofMillis(1800)).thenReturn("2]"))));
        try (var wire = new Wire(port)) {
            wire.send(GET).head();
            assertThat(wire.chunk()).isEqualTo("[1,");
            assertThat(wire.chunk()).isEqualTo("2]");
            assertThat(wire.chunk()).isEmpty();
        }
    }

    @Test
    void aStreamThatStallsIsCut() throws IOException {
        Upstream.SHARED.answers((request, response) ->
                response.sendString(Flux.just("[1,").concatWith(Mono.never())).then());
        var before = scrape.sum("upstream_failures_total", "reason=\"timed_out\"");
        try (var wire = new Wire(port)) {
            wire.send(GET).head();
            assertThat(wire.chunk()).isEqualTo("[1,");
            assertThat(wire.rest()).isEmpty();
        }
        scrape.awaitSum(before + 1, "upstream_failures_total", "reason=\"timed_out\"");
    }

    @Test
    void aClientThatTakesNothingIsCutOffAndNotBlamedOnTheUpstream() throws Exception {
        var cancelled = new CompletableFuture<Void>();
        var kilobyte = "x".repeat(1024);
        Upstream.SHARED.answers((request, response) -> response.sendString(Flux.generate(sink -> sink.next(kilobyte)))
                .then()
                .doFinally(signal -> cancelled.complete(null)));
        var timedOut = scrape.sum("upstream_failures_total", "reason=\"timed_out\"");
        var before = scrape.sum("requests_total", "status=\"499\"", "endpoint=\"/api/session\"");
        try (var wire = Wire.withReceiveBuffer(port, 8 * 1024)) {
            wire.send(GET).head();

            cancelled.get(10, TimeUnit.SECONDS);
            scrape.awaitSum(before + 1, "requests_total", "status=\"499\"", "endpoint=\"/api/session\"");
        }
        assertThat(scrape.sum("upstream_failures_total", "reason=\"timed_out\""))
                .isEqualTo(timedOut);
    }

    @Test
    void aClientThatLeavesCancelsTheUpstreamAndIsCountedAs499() throws Exception {
        var cancelled = new CompletableFuture<Void>();
        Upstream.SHARED.answers(
                (request, response) -> response.sendString(Flux.just("[1,").concatWith(Mono.never()))
                        .then()
                        .doOnCancel(() -> cancelled.complete(null)));
        var before = scrape.sum("requests_total", "status=\"499\"", "endpoint=\"/api/session\"");
        try (var wire = new Wire(port)) {
            wire.send(GET).head();
            wire.chunk();
        }
        cancelled.get(5, TimeUnit.SECONDS);
        scrape.awaitSum(before + 1, "requests_total", "status=\"499\"", "endpoint=\"/api/session\"");
    }

    /**
     * Clients disconnect at the moment at which the upstream ends its responses. Other requests wait for the connections: one
     * that is given back must not be closed any more.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatDisconnectsDoesNotCloseAnUpstreamConnectionThatAnotherRequestUses(boolean afterHeaders)
            throws Exception {
        for (int round = 0; round < 100; round++) {
            var end = Sinks.<String>one();
            var received = new Semaphore(0);
            Upstream.SHARED.answers((request, response) -> {
                if (!request.uri().equals("/api/session")) {
                    return response.sendString(Flux.just("other"));
                }
                received.release();
                return response.sendString(
                        (afterHeaders ? Flux.just("[1,") : Flux.<String>empty()).concatWith(end.asMono()));
            });
            var leaving = new ArrayList<Wire>();
            for (int client = 0; client < GatewayTest.MAX_CONNECTIONS; client++) {
                leaving.add(new Wire(port));
                leaving.getLast().send(GET);
                assertThat(received.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
                if (afterHeaders) {
                    leaving.getLast().head();
                    leaving.getLast().chunk();
                }
            }
            try (var waiting = new Wire(port);
                    var next = new Wire(port)) {
                waiting.send(GET.replace("session", "movie"));
                next.send(GET.replace("session", "movie"));
                end.tryEmitValue("2]");
                for (var wire : leaving) {
                    wire.disconnect();
                }

                assertThat(waiting.answer().status()).isEqualTo(200);
                assertThat(next.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aClientThatLeavesUnderALoadOfDataIsCountedAs499Too() throws Exception {
        var cancelled = new CompletableFuture<Void>();
        var kilobyte = "x".repeat(1024);
        Upstream.SHARED.answers((request, response) -> response.sendString(Flux.generate(sink -> sink.next(kilobyte)))
                .then()
                .doFinally(signal -> cancelled.complete(null)));
        var before = scrape.sum("requests_total", "status=\"499\"", "endpoint=\"/api/session\"");
        try (var wire = new Wire(port)) {
            wire.send(GET).head();
            wire.chunk();
        }
        cancelled.get(5, TimeUnit.SECONDS);
        scrape.awaitSum(before + 1, "requests_total", "status=\"499\"", "endpoint=\"/api/session\"");
    }

    @Test
    void aClientThatLeavesBeforeTheAnswerCancelsTheUpstreamToo() throws Exception {
        var asked = new CompletableFuture<Void>();
        var cancelled = new CompletableFuture<Void>();
        Upstream.SHARED.answers((request, response) -> Mono.<Void>never()
                .doOnSubscribe(subscription -> asked.complete(null))
                .doOnCancel(() -> cancelled.complete(null)));
        var before = scrape.sum("requests_total", "status=\"499\"", "endpoint=\"/api/session\"");
        try (var wire = new Wire(port)) {
            wire.send(GET);
            asked.get(5, TimeUnit.SECONDS);
        }
        cancelled.get(5, TimeUnit.SECONDS);
        scrape.awaitSum(before + 1, "requests_total", "status=\"499\"", "endpoint=\"/api/session\"");
    }

    @Test
    void aClientOfHttp10IsGivenNoChunks() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.sendString(Flux.just("[1,", "2]")));
        try (var wire = new Wire(port)) {
            var head = wire.send("GET /api/session HTTP/1.0\r\n\r\n").head();

            assertThat(head.headers()).doesNotContainKey("transfer-encoding");
            assertThat(wire.rest()).isEqualTo("[1,2]");
        }
    }

    /** Many times, since the end of the connection and the end of the answer are in a race. */
    @Test
    void anAnswerWithoutABodyIsNotTakenForAClientThatLeftWhenItsConnectionCloses() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.status(304).send());
        var left = scrape.sum("requests_total", "status=\"499\"", "endpoint=\"/api/customer\"");
        var answered = scrape.sum("requests_total", "status=\"304\"", "endpoint=\"/api/customer\"");
        for (var i = 0; i < 200; i++) {
            Wire.ask(port, "GET /api/customer HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        }

        scrape.awaitSum(answered + 200, "requests_total", "status=\"304\"", "endpoint=\"/api/customer\"");
        assertThat(scrape.sum("requests_total", "status=\"499\"", "endpoint=\"/api/customer\""))
                .isEqualTo(left);
    }

    @Test
    void anAnswerWithoutABodyPasses() throws IOException {
        Upstream.SHARED.answers((request, response) ->
                response.status(304).header("ETag", "\"1\"").send());
        try (var wire = new Wire(port)) {
            assertThat(wire.send(GET).head().status()).isEqualTo(304);
            Upstream.SHARED.answers((request, response) -> response.status(204).send());
            assertThat(wire.send("DELETE /api/session/1 HTTP/1.1\r\nHost: a\r\n\r\n")
                            .head()
                            .status())
                    .isEqualTo(204);
        }
    }

    private static void awaitStandstill(AtomicLong count) {
        var before = new AtomicLong(-1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    var now = count.get();
                    return before.getAndSet(now) == now;
                });
    }
}
