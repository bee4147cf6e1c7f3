package kinoteka.gateway.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import kinoteka.collector.Collector;
import kinoteka.collector.Collector.Received;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;

/** The spans that a collector receives of a gateway that records each request. */
@GatewayTest
@DirtiesContext
@TestPropertySource(properties = "kinoteka.gateway.tracing.probability=1")
class TracingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Collector COLLECTOR = createCollector();

    private final int port;
    private final Scrape scrape;

    TracingIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void collector(DynamicPropertyRegistry settings) {
        settings.add("kinoteka.gateway.tracing.endpoint", COLLECTOR::endpoint);
    }

    @AfterAll
    static void stopCollector() {
        COLLECTOR.close();
    }

    @Test
    void aForwardedRequestHasASpanAndOneOfItsCall() throws IOException {
        var received = new AtomicReference<String>();
        Upstream.SHARED.answers((request, response) -> {
            received.set(request.requestHeaders().get("traceparent"));
            return response.sendString(Mono.just("ok"));
        });
        Wire.ask(port, """
                GET /api/movie/77?q=secret HTTP/1.1\r
                Host: localhost\r
                traceparent: 00-%s-00f067aa0ba902b7-00\r
                \r
                """.formatted(trace(1)));

        var spans = await(trace(1), 2);
        assertThat(spans.get(1)).satisfies(server -> {
            assertThat(server.service()).isEqualTo("gateway");
            assertThat(server.kind()).isEqualTo("SPAN_KIND_SERVER");
            assertThat(server.name()).isEqualTo("GET /api/movie/{id}");
            assertThat(server.parentId()).isEqualTo("00f067aa0ba902b7");
            assertThat(server.isError()).isFalse();
            assertThat(server.attributes())
                    .containsEntry("http.request.method", "GET")
                    .containsEntry("http.route", "/api/movie/{id}")
                    .containsEntry("http.response.status_code", "200")
                    .containsEntry("network.protocol.version", "1.1");
        });
        assertThat(spans.get(0)).satisfies(client -> {
            assertThat(client.kind()).isEqualTo("SPAN_KIND_CLIENT");
            assertThat(client.name()).isEqualTo("GET");
            assertThat(client.parentId()).isEqualTo(spans.get(1).spanId());
            assertThat(client.attributes())
                    .containsEntry("server.address", "localhost")
                    .containsEntry("server.port", Integer.toString(Upstream.SHARED.port()))
                    .containsEntry("http.response.status_code", "200");
            assertThat(client.start()).isGreaterThanOrEqualTo(spans.get(1).start());
            assertThat(client.nanos())
                    .isPositive()
                    .isLessThanOrEqualTo(spans.get(1).nanos());
        });
        assertThat(spans.toString()).doesNotContain("/77", "secret");
        assertThat(received).hasValue("00-" + trace(1) + "-" + spans.get(0).spanId() + "-01");
    }

    @Test
    void aCallWithoutAResponseIsAnError() throws IOException {
        Upstream.SHARED.answers((request, response) -> Mono.never()); // until the response time limit
        get("/api/movie/1", trace(2));

        var spans = await(trace(2), 2);
        assertThat(spans).allMatch(Received::isError);
        assertThat(spans.get(0).attributes()).containsEntry("error.type", "timed_out");
        assertThat(spans.get(1).attributes())
                .containsEntry("error.type", "/problems/upstream-timeout")
                .containsEntry("http.response.status_code", "504");
    }

    @Test
    void aRejectedRequestHasOneSpanWithoutItsPath() throws IOException {
        Wire.ask(port, """
                BREW /api/secret HTTP/1.1\r
                Host: localhost\r
                traceparent: 00-%s-00f067aa0ba902b7-00\r
                \r
                """.formatted(trace(3)));

        assertThat(await(trace(3), 1)).singleElement().satisfies(server -> {
            assertThat(server.name()).isEqualTo("_OTHER");
            assertThat(server.attributes()).containsEntry("error.type", "/problems/route-unknown");
            assertThat(server.isError()).isFalse();
            assertThat(server.toString()).doesNotContain("secret", "BREW");
        });
    }

    @Test
    void aRequestWhoseClientDisconnectedHasItsSpans() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.never()));
        try (var wire = new Wire(port)) {
            wire.send("GET /api/movie/1 HTTP/1.1\r\nHost: localhost\r\ntraceparent: 00-" + trace(4)
                    + "-00f067aa0ba902b7-00\r\n\r\n");
            Awaitility.await().atMost(PATIENCE).until(() -> scrape.sum("upstream_connections_active") > 0);
        }

        var spans = await(trace(4), 2);
        assertThat(spans.get(0).attributes()).containsEntry("error.type", "cancelled");
        assertThat(spans.get(1).attributes())
                .containsEntry("http.response.status_code", "499")
                .containsEntry("error.type", "client_disconnected");
    }

    @Test
    void countsExportedSpans() throws IOException {
        get("/ping", trace(5));
        await(trace(5), 1);

        Awaitility.await().atMost(PATIENCE).until(() -> scrape.sum("spans_total", "result=\"exported\"") > 0);
        assertThat(scrape.sum("spans_total", "result=\"failed\"")).isZero();
    }

    private void get(String target, String trace) throws IOException {
        Wire.ask(
                port,
                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\ntraceparent: 00-" + trace
                        + "-00f067aa0ba902b7-00\r\n\r\n");
    }

    private static String trace(int number) {
        return "0af7651916cd43dd8448eb211c80310" + number;
    }

    private static List<Received> await(String trace, int count) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> COLLECTOR.spans().stream()
                                .filter(span -> span.traceId().equals(trace))
                                .toList(),
                        spans -> spans.size() == count);
    }

    private static Collector createCollector() {
        try {
            return new Collector();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
