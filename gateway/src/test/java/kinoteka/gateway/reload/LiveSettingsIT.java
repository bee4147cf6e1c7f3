package kinoteka.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Mono;

/** Each feature uses the settings of the file that has been applied last. */
@ReloadTest
class LiveSettingsIT {

    private static final Path LOG = ConfigurationFile.PATH.resolveSibling("access.log");
    private static final String MOVIE = "GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n";
    private static final String WRITE = "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";

    private final int port;
    private final int operatorsPort;
    private final Scrape scrape;

    LiveSettingsIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.operatorsPort = operatorsPort;
        this.scrape = new Scrape(operatorsPort);
    }

    @AfterEach
    void reset() throws IOException {
        ConfigurationFile.reset(scrape);
    }

    @Test
    void cors() throws IOException {
        var request = MOVIE + "Origin: https://films.example\r\n\r\n";
        assertThat(Wire.ask(port, request).headers()).doesNotContainKey("access-control-allow-origin");

        ConfigurationFile.apply(scrape, "kinoteka.gateway.cors.allowed-origins: https://films.example");
        assertThat(Wire.ask(port, request).header("access-control-allow-origin"))
                .isEqualTo("https://films.example");

        ConfigurationFile.apply(scrape, "kinoteka.gateway.cors.allowed-origins: https://other.example");
        assertThat(Wire.ask(port, request).headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void compression() throws IOException {
        Upstream.SHARED.answersJson("\"" + "x".repeat(300) + "\"");
        var request = MOVIE + "Accept-Encoding: br, gzip\r\n\r\n";
        assertThat(Wire.head(port, request).headers()).doesNotContainKey("content-encoding");

        ConfigurationFile.apply(scrape, "kinoteka.gateway.compression: {min-size: 100B, codings: gzip}");
        assertThat(Wire.head(port, request).header("content-encoding")).isEqualTo("gzip");
    }

    /** A client that has exhausted its limit remains rejected when the limit changes, until new requests are due by the new rate. */
    @Test
    void rateLimits() throws IOException {
        var client = "127.0.0.91";
        ConfigurationFile.apply(scrape, "kinoteka.gateway.ratelimit: {write-rate: 0.01, write-burst: 2}");
        var first = send(client, WRITE);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("ratelimit-policy")).contains("\"writes\";q=2;w=200");
        assertThat(send(client, WRITE).status()).isEqualTo(200);
        assertThat(send(client, WRITE).status()).isEqualTo(429);

        ConfigurationFile.apply(scrape, "kinoteka.gateway.ratelimit: {write-rate: 0.01, write-burst: 4}");
        var punished = send(client, WRITE);
        assertThat(punished.status()).isEqualTo(429);
        assertThat(punished.header("ratelimit-policy")).isEqualTo("\"writes\";q=4;w=400");
        assertThat(send("127.0.0.92", WRITE).header("ratelimit")).contains("\"writes\";r=3");

        ConfigurationFile.apply(scrape, "kinoteka.gateway.ratelimit: {write-rate: 100000, write-burst: 1000}");
        ConfigurationFile.await()
                .untilAsserted(() -> assertThat(send(client, WRITE).status()).isEqualTo(200));
    }

    @Test
    void accessLog() throws IOException {
        ConfigurationFile.apply(scrape, "kinoteka.gateway.access-log: {max-rate: 1, format: json}");
        get("/ping"); // of the second before, as many lines as the former rate allows are still available
        var before = scrape.sum("access_log_dropped_total", "reason=\"sampled\"");
        IntStream.range(0, 300).forEach(i -> get("/ping"));

        ConfigurationFile.await()
                .untilAsserted(() -> assertThat(scrape.sum("access_log_dropped_total", "reason=\"sampled\""))
                        .isGreaterThan(before));
        ConfigurationFile.await()
                .untilAsserted(() -> assertThat(Files.readAllLines(LOG).getLast())
                        .startsWith("{\"time\":\"")
                        .endsWith("}"));
    }

    @Test
    void timeLimitsOfTheUpstream() throws IOException {
        Upstream.SHARED.answers((request, response) ->
                response.sendString(Mono.delay(Duration.ofMillis(500)).map(end -> "late")));
        assertThat(get("/api/movie/1").status()).isEqualTo(200);

        ConfigurationFile.apply(scrape, "kinoteka.gateway.upstream.response-time-limit: 100ms");
        assertThat(get("/api/movie/1").status()).isEqualTo(504);
    }

    @Test
    void connectionPools() throws IOException {
        Upstream.SHARED.answers((request, response) ->
                response.sendString(Mono.delay(Duration.ofMillis(300)).map(end -> "late")));
        var requests = IntStream.range(0, 5)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> get("/api/movie/1"), Thread::startVirtualThread))
                .toList();
        scrape.awaitSum(5, "upstream_connections_active", "pool=\"requests\"");

        ConfigurationFile.apply(scrape, "kinoteka.gateway.upstream.requests.max-connections: 2");

        assertThat(requests)
                .allSatisfy(request -> assertThat(request.join().status()).isEqualTo(200));
        scrape.awaitSum(2, "upstream_connections_max", "pool=\"requests\"");
        ConfigurationFile.await() // event loops that find too many at the same time may close one more
                .untilAsserted(() -> assertThat(scrape.sum("upstream_connections_idle", "pool=\"requests\"")
                                + scrape.sum("upstream_connections_active", "pool=\"requests\""))
                        .isLessThanOrEqualTo(2));
    }

    @Test
    void concurrencyLimits() throws IOException {
        assertThat(resilience("$.instances[0].concurrency_limit.limit")).isEqualTo(256);

        ConfigurationFile.apply(scrape, "kinoteka.gateway.resilience.concurrency-limit: {min: 5, max: 30}");
        assertThat(resilience("$.instances[0].concurrency_limit.limit")).isEqualTo(30);
    }

    @Test
    void retryBudget() throws IOException {
        ConfigurationFile.apply(
                scrape, "kinoteka.gateway.resilience.retry: {budget-ratio: 0, budget-min-per-second: 7}");

        ConfigurationFile.await() // earlier tests may have retried in the last ten seconds
                .untilAsserted(() -> assertThat(resilience("$.retry_budget")).isEqualTo(70));
    }

    @Test
    void circuitBreakers() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.withConnection(connection -> connection.dispose()));
        ConfigurationFile.apply(
                scrape, "kinoteka.gateway.resilience.circuit-breaker: {min-calls: 3, open-duration: 1m}");
        ConfigurationFile.await().untilAsserted(() -> {
            send("127.0.0.93", WRITE);
            assertThat(resilience("$.instances[0].circuit_breaker.state")).isEqualTo("open");
        });

        ConfigurationFile.apply(
                scrape, "kinoteka.gateway.resilience.circuit-breaker: {min-calls: 4, open-duration: 300ms}");
        assertThat(resilience("$.instances[0].circuit_breaker.state")).isEqualTo("open");

        Upstream.SHARED.answersJson("{}");
        ConfigurationFile.await().untilAsserted(() -> {
            get("/api/movie/1");
            assertThat(resilience("$.instances[0].circuit_breaker.state")).isEqualTo("closed");
        });
    }

    @Test
    void credential() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.sendString(
                Mono.just(String.valueOf(request.requestHeaders().get("Gateway-Credential")))));
        var secret = "secret-of-this-gateway-0123456789";

        ConfigurationFile.apply(scrape, "kinoteka.gateway.upstream.credential: " + secret);

        assertThat(get("/api/movie/1").body()).isEqualTo("forwarded " + secret);
    }

    private Wire.Answer get(String path) {
        return send("127.0.0.90", "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    private Wire.Answer send(String client, String request) {
        try (var wire = Wire.from(client, port)) {
            return wire.send(request).answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object resilience(String path) {
        try {
            return JsonPath.read(Wire.get(operatorsPort, "/resilience").body(), path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
