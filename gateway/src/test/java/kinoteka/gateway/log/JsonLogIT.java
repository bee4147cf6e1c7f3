package kinoteka.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import kinoteka.gateway.Gateway;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The output of a gateway in production: in a process of its own, because the format is chosen once per process. */
@Timeout(300)
class JsonLogIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+).*");
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    private Path folder;

    private Process gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dserver.port=0",
                        "-Dmanagement.server.port=-1",
                        "-Dlogging.structured.format.console=logstash",
                        "-Dkinoteka.gateway.access-log.enabled=true",
                        "-Dkinoteka.gateway.access-log.format=json",
                        "-Dkinoteka.gateway.upstream.catalogue=http://localhost:" + Upstream.SHARED.port(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Gateway.class.getName())
                .redirectOutput(output().toFile())
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        gateway.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    }

    @Test
    void everyLineIsAnObjectWithATimeAndALevel() throws IOException {
        Wire.ask(awaitPort(), """
                GET /api/movie/1 HTTP/1.1\r
                Host: films.example\r
                traceparent: 00-%s-00f067aa0ba902b7-01\r
                \r
                """.formatted(TRACE_ID));

        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> lines().stream()
                .anyMatch(JsonLogIT::isOfTheAccessLog));
        assertThat(lines()).allSatisfy(line -> {
            assertThat(OffsetDateTime.parse(line.get("time").asString())).isNotNull();
            assertThat(line.path("level").asString("")).isIn("INFO", "WARN");
        });
        assertThat(lines())
                .filteredOn(line -> !isOfTheAccessLog(line))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.get("logger").asString()).isNotEmpty();
                    assertThat(line.get("message").asString()).isNotEmpty();
                });
        assertThat(lines())
                .filteredOn(JsonLogIT::isOfTheAccessLog)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get("trace_id").asString()).isEqualTo(TRACE_ID);
                    assertThat(line.get("status").asInt()).isEqualTo(200);
                });
    }

    private static boolean isOfTheAccessLog(JsonNode line) {
        return line.path("log").asString("").equals("access");
    }

    private int awaitPort() {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .until(
                        () -> lines().stream()
                                .map(line -> PORT.matcher(line.path("message").asString("")))
                                .filter(matcher -> matcher.matches())
                                .map(matcher -> Integer.parseInt(matcher.group(1)))
                                .findFirst()
                                .orElse(0),
                        port -> port > 0);
    }

    /** The complete lines: the last one may be being written. */
    private List<JsonNode> lines() throws IOException {
        var text = Files.readString(output());
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(JSON::readTree)
                .toList();
    }

    private Path output() {
        return folder.resolve("output");
    }
}
