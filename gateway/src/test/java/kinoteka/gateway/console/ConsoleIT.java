package kinoteka.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@GatewayTest
class ConsoleIT {

    private static final String EVENTS = "GET /console/events HTTP/1.1\r\nHost: a\r\n\r\n";

    private final int port;
    private final int operatorsPort;

    ConsoleIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.operatorsPort = operatorsPort;
    }

    @ParameterizedTest
    @CsvSource({"/, text/html", "/console.css, text/css", "/console.js, text/javascript"})
    void loadsNothingFromOtherServers(String path, String type) throws IOException {
        var file = Wire.get(operatorsPort, path);

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("content-type")).isEqualTo(type + ";charset=UTF-8");
        assertThat(file.header("content-security-policy")).startsWith("default-src 'none'; script-src 'self'");
        assertThat(file.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(file.body()).doesNotContainPattern(Pattern.compile("(src|href|url\\()[=\"']*(https?:)?//"));
    }

    @ParameterizedTest
    @CsvSource({"/console.css", "/console.js", "/console/events"})
    void isNotPublic(String path) throws IOException {
        assertThat(Wire.get(port, path).status()).isEqualTo(404);
        assertThat(Wire.get(port, "/").body()).contains("Kinoteka is an online film library");
    }

    @Test
    void snapshotsCountTheRequestsOfEachEndpoint() throws IOException {
        try (var page = new Wire(operatorsPort)) {
            page.send(EVENTS).head();
            next(page);
            for (int i = 0; i < 7; i++) {
                Wire.get(port, "/api/movie/1");
            }
            JsonNode movie = null;
            while (movie == null) {
                movie = find(next(page), "/api/movie/");
            }
            assertThat(movie.get("p99").isNumber()).isTrue();
        }
    }

    @Test
    void snapshotsNameTheLastFailuresAndTheirReason() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.status(502).send());
        Wire.get(port, "/api/person/1");
        try (var page = new Wire(operatorsPort)) {
            page.send(EVENTS).head();
            var failed = next(page).get("failed").get(0);
            assertThat(failed.get("endpoint").asString()).isEqualTo("/api/person/");
            assertThat(failed.get("status").asInt()).isEqualTo(502);
            assertThat(failed.get("trace_id").asString()).hasSize(32);
        }
    }

    private static @Nullable JsonNode find(JsonNode snapshot, String endpoint) {
        for (var traffic : snapshot.get("endpoints")) {
            if (traffic.get("endpoint").asString().equals(endpoint)) {
                return traffic;
            }
        }
        return null;
    }

    /** Reads the next snapshot, whose event may arrive in several chunks. */
    private static JsonNode next(Wire page) throws IOException {
        var event = new StringBuilder();
        while (event.indexOf("\n\n") < 0) {
            event.append(page.chunk());
        }
        return JsonMapper.shared().readTree(event.substring("data:".length()));
    }
}
