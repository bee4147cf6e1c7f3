package kinoteka.catalog.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.collector.Collector;
import kinoteka.collector.Collector.Received;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The spans that a collector receives of requests that the gateway records. */
@CatalogIT
@DirtiesContext
class TracingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PARENT = "00f067aa0ba902b7";
    private static final Collector COLLECTOR = createCollector();

    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private Api api;

    @DynamicPropertySource
    static void collector(DynamicPropertyRegistry settings) {
        settings.add("kinoteka.catalog.tracing.endpoint", COLLECTOR::endpoint);
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
    }

    @AfterAll
    static void stopCollector() {
        COLLECTOR.close();
    }

    @Test
    void aRequestHasASpanAndOneOfEachStatement() {
        assertThat(sampled().get("/api/movie/424242").status()).isEqualTo(404);

        var spans = await(2);
        var server = spans.getLast();
        assertThat(server.service()).isEqualTo("catalogue");
        assertThat(server.kind()).isEqualTo("SPAN_KIND_SERVER");
        assertThat(server.parentId()).isEqualTo(PARENT);
        assertThat(server.name()).isEqualTo("GET /api/movie/{id}");
        assertThat(server.attributes())
                .containsEntry("http.route", "/api/movie/{id}")
                .containsEntry("http.response.status_code", "404");
        assertThat(server.isError()).isFalse();
        var statement = spans.getFirst();
        assertThat(statement.kind()).isEqualTo("SPAN_KIND_CLIENT");
        assertThat(statement.parentId()).isEqualTo(server.spanId());
        assertThat(statement.name()).isEqualTo("SELECT");
        assertThat(statement.attributes()).containsEntry("db.system.name", "postgresql");
        assertThat(statement.attributes().get("db.query.text")).contains("movies", "$1");
        assertThat(statement.start()).isGreaterThanOrEqualTo(server.start());
        assertThat(statement.nanos()).isPositive().isLessThanOrEqualTo(server.nanos());
        assertThat(spans.toString()).doesNotContain("424242");
    }

    @Test
    void aTransactionHasSpansOfItsBeginningAndItsEnd() {
        var title = UUID.randomUUID().toString().substring(0, 24);
        assertThat(sampled()
                        .as(Bearer.editor())
                        .post("/api/tag", "{\"title\":\"" + title + "\"}")
                        .status())
                .isEqualTo(201);

        var spans = Awaitility.await().atMost(PATIENCE).until(this::spans, found -> found.stream()
                .anyMatch(span -> span.name().equals("POST /api/tag")));
        assertThat(spans).extracting(Received::name).contains("BEGIN", "INSERT", "COMMIT", "POST /api/tag");
        assertThat(spans.toString()).doesNotContain(title);
    }

    /** A guard against regressions that cost statements. */
    @ParameterizedTest
    @CsvSource({
        "/db_dummy, 1",
        "/api/movie/1, 1",
        "/api/customer/1, 1",
        "'/api/movie?limit=100', 1",
        "'/api/session?limit=1000', 1",
        "'/api/session?limit=1001', 4", // a transaction with two statements
        "'/batch/movie?ids=1,2,3,4,5,6,7,8', 1"
    })
    void aReadNeedsFewStatements(String target, int statements) {
        sampled().with("Gateway-Read", "primary").get(target);

        var spans = Awaitility.await().atMost(PATIENCE).until(this::spans, found -> found.stream()
                .anyMatch(span -> span.kind().equals("SPAN_KIND_SERVER")));
        assertThat(spans)
                .filteredOn(span -> span.kind().equals("SPAN_KIND_CLIENT"))
                .hasSize(statements);
    }

    @Test
    void aRequestThatTheGatewayDoesNotRecordHasNone() {
        api.with("traceparent", "00-" + trace + "-" + PARENT + "-00").get("/api/movie/1");
        var other = UUID.randomUUID().toString().replace("-", "");
        api.with("traceparent", "00-" + other + "-" + PARENT + "-01").get("/api/movie/1");

        Awaitility.await().atMost(PATIENCE).until(() -> COLLECTOR.spans().stream()
                .anyMatch(span -> span.traceId().equals(other)));
        assertThat(spans()).isEmpty();
    }

    private Api sampled() {
        return api.with("traceparent", "00-" + trace + "-" + PARENT + "-01");
    }

    private List<Received> await(int count) {
        return Awaitility.await().atMost(PATIENCE).until(this::spans, spans -> spans.size() == count);
    }

    private List<Received> spans() {
        return COLLECTOR.spans().stream()
                .filter(span -> span.traceId().equals(trace))
                .toList();
    }

    private static Collector createCollector() {
        try {
            return new Collector();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
