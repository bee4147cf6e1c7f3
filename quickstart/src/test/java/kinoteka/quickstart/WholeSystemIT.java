package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kinoteka.collector.Collector;
import kinoteka.collector.Collector.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the services from the jars that were built, sends the requests that are printed, stops and restarts everything. */
class WholeSystemIT {

    private static final Path CATALOGUE = Path.of("../catalog-service/target/catalog-service-0.1.0.jar");
    private static final Path GATEWAY = Path.of("../gateway/target/gateway-0.1.0.jar");
    private static final Path SEEDER = Path.of("../seeder/target/seeder-0.1.0.jar");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Collector collector;

    WholeSystemIT() throws IOException {
        collector = new Collector();
    }

    @AfterEach
    void stopCollector() {
        collector.close();
    }

    @Test
    void servesThePrintedRequestsAndKeepsTheData() throws Exception {
        String location;
        try (RunningQuickstart running = start().awaitReady()) {
            assertThat(get(running, "/api/movie/1").statusCode()).isEqualTo(200);

            assertOneTraceLeadsFromTheGatewayToTheDatabase(running);
            assertThat(get(running, "/openapi.json").body()).contains("\"openapi\":\"3.1.");
            assertThat(get(running, "/docs").body()).contains("/docs/swagger-ui-bundle.js?");

            HttpResponse<String> lines = get(running, "/api/session?limit=3");
            assertThat(lines.statusCode()).isEqualTo(200);
            assertThat(lines.body().lines()).hasSize(3).allMatch(line -> line.startsWith("{"));

            HttpResponse<String> created = client.send(
                    request(running, "/api/session")
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + running.token("CUSTOMER"))
                            .POST(BodyPublishers.ofString("{\"customer_id\": 1, \"movie_id\": 1}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(created.statusCode()).isEqualTo(201);
            location = created.headers().firstValue("Location").orElseThrow();

            assertThat(metrics(running))
                    .anyMatch(line -> line.startsWith("requests_total{")
                            && line.contains("endpoint=\"/api/movie/\"")
                            && line.contains("status=\"200\""));
            assertThat(running.terminate()).isZero();
        }
        try (RunningQuickstart again = start().awaitReady()) {
            assertThat(get(again, URI.create(location).getPath()).statusCode()).isEqualTo(200);
            assertThat(again.terminate()).isZero();
        }
    }

    private void assertOneTraceLeadsFromTheGatewayToTheDatabase(RunningQuickstart running) throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        client.send(
                request(running, "/api/movie/2") // which is not in the cache yet
                        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-00")
                        .build(),
                BodyHandlers.ofString());

        List<Received> spans = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> collector.spans().stream()
                                .filter(span -> span.traceId().equals(trace))
                                .toList(),
                        found -> found.size() == 4);
        Received request = span(spans, "gateway", "GET /api/movie/{id}");
        Received call = span(spans, "gateway", "GET");
        Received called = span(spans, "catalogue", "GET /api/movie/{id}");
        assertThat(request.parentId()).isEqualTo("00f067aa0ba902b7");
        assertThat(call.parentId()).isEqualTo(request.spanId());
        assertThat(called.parentId()).isEqualTo(call.spanId());
        assertThat(span(spans, "catalogue", "SELECT").parentId()).isEqualTo(called.spanId());
    }

    private static Received span(List<Received> spans, String service, String name) {
        return spans.stream()
                .filter(span -> span.service().equals(service) && span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private RunningQuickstart start() throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        return new RunningQuickstart(
                CATALOGUE,
                GATEWAY,
                SEEDER,
                temporary,
                Map.of(
                        "KINOTEKA_HOME", folder.resolve("home").toString(),
                        "KINOTEKA_GATEWAY_TRACING_ENDPOINT",
                                collector.endpoint().toString(),
                        "KINOTEKA_GATEWAY_TRACING_PROBABILITY", "1",
                        "KINOTEKA_CATALOG_TRACING_ENDPOINT",
                                collector.endpoint().toString(),
                        "SEED_COUNT", "1000"));
    }

    private HttpResponse<String> get(RunningQuickstart running, String path) throws IOException, InterruptedException {
        return client.send(
                request(running, path)
                        .header("Accept", "application/x-ndjson, application/json;q=0.9")
                        .build(),
                BodyHandlers.ofString());
    }

    private Stream<String> metrics(RunningQuickstart running) throws IOException, InterruptedException {
        URI metrics = URI.create("http://localhost:" + running.ports().gatewayOperators() + "/metrics");
        return client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body()
                .lines();
    }

    private static HttpRequest.Builder request(RunningQuickstart running, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://localhost:" + running.ports().gateway() + path));
    }
}
