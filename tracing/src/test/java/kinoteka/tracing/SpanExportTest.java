package kinoteka.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import kinoteka.collector.Collector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SpanExportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Span SPAN = new Span(
            TRACE,
            "00f067aa0ba902b7",
            "b7ad6b7169203331",
            SpanKind.SERVER,
            "GET /api/movie/",
            1_700_000_000_000_000_000L,
            1_700_000_000_001_000_000L,
            true,
            Attributes.of(AttributeKey.longKey("http.response.status_code"), 502L));

    @Test
    void sendsSpansWithTheNameOfTheService() throws IOException {
        try (var collector = new Collector();
                var export = new SpanExport("gateway", collector.endpoint())) {
            export.offer(SPAN);
            Awaitility.await().atMost(PATIENCE).until(() -> export.exported() == 1);

            assertThat(collector.spans()).singleElement().satisfies(span -> {
                assertThat(span.service()).isEqualTo("gateway");
                assertThat(span.traceId()).isEqualTo(TRACE);
                assertThat(span.spanId()).isEqualTo(SPAN.spanId());
                assertThat(span.parentId()).isEqualTo(SPAN.parentId());
                assertThat(span.kind()).isEqualTo("SPAN_KIND_SERVER");
                assertThat(span.name()).isEqualTo(SPAN.name());
                assertThat(span.start()).isEqualTo(SPAN.start());
                assertThat(span.nanos()).isEqualTo(1_000_000);
                assertThat(span.isError()).isTrue();
                assertThat(span.attributes()).containsEntry("http.response.status_code", "502");
            });
        }
    }

    @Test
    void sendsTheSpansThatWaitWhenItIsClosed() throws IOException {
        try (var collector = new Collector()) {
            var export = new SpanExport("gateway", collector.endpoint());
            for (var i = 0; i < 1_000; i++) {
                export.offer(SPAN);
            }
            export.close();

            assertThat(collector.spans()).hasSize(1_000);
        }
    }

    @Test
    void countsWhatACollectorRejectsLogsItOnceAndGoesOn(CapturedOutput output) throws IOException {
        URI endpoint;
        try (var collector = new Collector();
                var export = new SpanExport("gateway", collector.endpoint())) {
            endpoint = collector.endpoint();
            collector.respondWith(503);
            for (var failures = 1; failures <= 3; failures++) {
                var expected = failures;
                export.offer(SPAN);
                Awaitility.await().atMost(PATIENCE).until(() -> export.failed() == expected);
            }
            collector.respondWith(200);
            export.offer(SPAN);
            Awaitility.await().atMost(PATIENCE).until(() -> export.exported() == 1);
        }
        assertThat(output.getAll()).containsOnlyOnce(endpoint + " does not accept spans");
    }

    /** Its connections are accepted by the kernel, and nothing responds. */
    @Test
    void aCollectorThatHangsFillsTheQueueAndBlocksNobody() throws IOException {
        try (var socket = new ServerSocket(0)) {
            var export =
                    new SpanExport("gateway", URI.create("http://localhost:" + socket.getLocalPort() + "/v1/traces"));
            for (var i = 0; i < 2 * SpanExport.QUEUE_LIMIT; i++) {
                export.offer(SPAN);
            }
            assertThat(export.queueFull()).isBetween(1L, (long) SpanExport.QUEUE_LIMIT);
            var start = System.nanoTime();
            export.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        }
    }
}
