package kinoteka.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http2Wire;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@GatewayTest
@DirtiesContext
@TestPropertySource(
        properties = {
            "kinoteka.gateway.access-log.enabled=true",
            "kinoteka.gateway.access-log.format=json",
            "kinoteka.gateway.access-log.max-rate=50000"
        })
class AccessLogIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    @TempDir
    private static Path folder;

    private final int port;
    private final Scrape scrape;

    AccessLogIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void file(DynamicPropertyRegistry settings) {
        settings.add("kinoteka.gateway.access-log.file", () -> folder.resolve("access.log"));
    }

    @Test
    void describesAForwardedRequest() throws IOException {
        var before = lines().size();

        Wire.ask(port, """
                POST /api/movie/1/ratings?token=secret HTTP/1.1\r
                Host: Films.example:1\r
                Authorization: Bearer secret\r
                traceparent: 00-%s-00f067aa0ba902b7-01\r
                Content-Length: 3\r
                \r
                abc""".formatted(TRACE_ID));

        var line = awaitLine(before);
        assertThat(line)
                .containsOnlyKeys(
                        "time",
                        "log",
                        "level",
                        "client",
                        "protocol",
                        "method",
                        "host",
                        "endpoint",
                        "status",
                        "duration_ms",
                        "first_byte_ms",
                        "bytes_received",
                        "bytes_sent",
                        "instance",
                        "attempts",
                        "trace_id",
                        "requests");
        assertThat(line.toString()).doesNotContain("secret");
        assertThat(line)
                .containsEntry("client", "127.0.0.0/24")
                .containsEntry("protocol", "HTTP/1.1")
                .containsEntry("method", "POST")
                .containsEntry("host", "Films.example")
                .containsEntry("endpoint", "/api/movie/ratings")
                .containsEntry("status", "200")
                .containsEntry("bytes_received", "3")
                .containsEntry("instance", "http://localhost:" + Upstream.SHARED.port())
                .containsEntry("attempts", "1")
                .containsEntry("trace_id", TRACE_ID)
                .containsEntry("requests", "1");
        assertThat(line.get("bytes_sent")).isNotEqualTo("0");
        assertThat(new BigDecimal(String.valueOf(line.get("duration_ms"))))
                .isGreaterThanOrEqualTo(new BigDecimal(String.valueOf(line.get("first_byte_ms"))));
    }

    @Test
    void describesARequestOverHttp2() throws Exception {
        var before = lines().size();
        try (var wire = new Http2Wire(port)) {
            wire.get(1, "/api/movie/1");
            assertThat(awaitLine(before))
                    .containsEntry("protocol", "HTTP/2.0")
                    .containsEntry("client", "127.0.0.0/24")
                    .containsEntry("status", "200");
        }
    }

    @Test
    void describesARequestThatTheGatewayRejects() throws IOException {
        var before = lines().size();

        Wire.get(port, "/api/unknown/1");

        assertThat(awaitLine(before))
                .containsEntry("status", "404")
                .containsEntry("endpoint", "other")
                .containsEntry("problem", "/problems/route-unknown")
                .doesNotContainKey("instance");
    }

    @Test
    void describesARequestThatCannotBeDecoded() throws IOException {
        var before = lines().size();

        Wire.ask(port, "GET /api/movie/1 HTTP/1.1\r\nHost localhost\r\n\r\n");

        assertThat(awaitLine(before))
                .containsEntry("status", "400")
                .containsEntry("client", "127.0.0.0/24")
                .containsEntry("problem", "/problems/request-malformed");
    }

    @Test
    void describesAnInstanceThatCannotBeReached() throws IOException {
        var before = lines().size();
        Upstream.SHARED.stop();
        try {
            Wire.get(port, "/api/movie/1");

            assertThat(awaitLine(before))
                    .containsEntry("status", "503")
                    .containsEntry("problem", "/problems/upstream-unavailable")
                    .containsEntry("last_failure", "unreachable");
        } finally {
            Upstream.SHARED.startAgain();
        }
    }

    @Test
    void describesAClientThatDisconnected() throws IOException {
        var before = lines().size();
        var asked = new AtomicInteger();
        Upstream.SHARED.answers((request, response) -> {
            asked.incrementAndGet();
            return response.sendString(Mono.never());
        });
        try (var wire = new Wire(port)) {
            wire.send("GET /api/movie/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Awaitility.await().atMost(PATIENCE).until(() -> asked.get() == 1);
        }

        assertThat(awaitLine(before)).containsEntry("status", "499").containsEntry("ending", "client_disconnected");
    }

    /** As logrotate does it: by a move, with and without creating the file. Requests arrive until it exists again, and longer. */
    @Test
    void losesNoLineWhileTheFileIsRotated() throws IOException {
        var file = folder.resolve("access.log");
        var moved = new ArrayList<Path>();
        var requests = 0;
        try (var wire = new Wire(port)) {
            for (var rotation = 0; rotation < 4; rotation++) {
                moved.add(Files.move(file, folder.resolve("access.log." + rotation)));
                if (rotation % 2 == 1) {
                    Files.createFile(file);
                }
                for (var sent = 0; sent < 20 || !Files.exists(file); sent++) {
                    wire.send("GET /ping HTTP/1.1\r\nHost: rotated\r\n\r\n").answer();
                    requests++;
                }
            }
        }
        var expected = requests;
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            var lines = new ArrayList<>(lines(file));
            for (var part : moved) {
                lines.addAll(lines(part));
            }
            assertThat(lines)
                    .filteredOn(line -> "rotated".equals(line.get("host")))
                    .hasSize(expected);
        });
    }

    @Test
    void goesOnInATruncatedFile() throws IOException {
        var before = lines().size();
        Wire.get(port, "/ping");
        awaitLine(before);

        FileChannel.open(folder.resolve("access.log"), StandardOpenOption.WRITE)
                .truncate(0)
                .close();
        Wire.get(port, "/ping");

        assertThat(awaitLine(0)).containsEntry("endpoint", "/ping");
    }

    @Test
    void countsItsLines() throws IOException {
        var before = scrape.sum("access_log_lines_total");

        Wire.get(port, "/ping");

        scrape.awaitSum(before + 1, "access_log_lines_total");
        assertThat(scrape.sum("access_log_dropped_total")).isZero();
    }

    /** Waits for the line behind as many lines, and returns its fields. */
    private static Map<String, String> awaitLine(int before) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(AccessLogIT::lines, lines -> lines.size() > before)
                .get(before);
    }

    private static List<Map<String, String>> lines() throws IOException {
        return lines(folder.resolve("access.log"));
    }

    private static List<Map<String, String>> lines(Path file) throws IOException {
        var lines = new ArrayList<Map<String, String>>();
        for (var line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            var fields = new LinkedHashMap<String, String>();
            JsonMapper.shared().readTree(line).forEachEntry((name, value) -> fields.put(name, value.asString()));
            lines.add(fields);
        }
        return lines;
    }
}
