package kinoteka.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@GatewayTest
class RoutingIT {

    private final int port;

    RoutingIT(@LocalServerPort int port) {
        this.port = port;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/db_dummy",
                "/api/movie",
                "/api/movie?limit=3&after=%D1%84",
                "/api/movie/1",
                "/api/movie/anything",
                "/api/movie/%31?include=a/../b",
                "/api/customer",
                "/api/customer/1",
                "/api/session?limit=3",
                "/api/session/9"
            })
    void forwardsAListedPathExactlyAsItWasSent(String target) throws IOException {
        var response = Wire.get(port, target);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("GET " + target);
    }

    @Test
    void forwardsThePathOfAnAbsoluteTarget() throws IOException {
        assertThat(Wire.get(port, "http://elsewhere.example/api/movie/1?x").body())
                .isEqualTo("GET /api/movie/1?x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nope",
                "/api",
                "/api/movie/",
                "/API/movie",
                "/api/movie/1/2",
                "/metrics",
                "/actuator/health",
                "/%61pi/movie"
            })
    void rejectsAPathThatIsNotListedWith404(String target) throws IOException {
        var response = Wire.get(port, target);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("content-type")).isEqualTo("application/problem+json");
        assertThat(response.body())
                .contains("/problems/route-unknown", "\"instance\":\"" + target + "\"", "\"trace_id\":\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /api/movie/1 | GET, PUT, PATCH, DELETE, HEAD, OPTIONS",
                "DELETE /api/movie | GET, POST, HEAD, OPTIONS",
                "POST / | GET, HEAD, OPTIONS",
                "PATCH /api/session | GET, POST, HEAD, OPTIONS",
                "TRACE /ping | GET, HEAD, OPTIONS",
                "BREW /api/session/1 | GET, DELETE, HEAD, OPTIONS"
            })
    void rejectsAnotherMethodWith405AndAllow(String request, String allow) throws IOException {
        var response = Wire.ask(port, request + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("allow")).isEqualTo(allow);
        assertThat(response.body()).contains("/problems/method-not-allowed");
    }

    @Test
    void respondsToOptionsItself() throws IOException {
        var response = Wire.ask(port, "OPTIONS /api/session/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("allow")).isEqualTo("GET, DELETE, HEAD, OPTIONS");
    }

    @Test
    void respondsToHeadWithTheHeadersOfGetAndNoBody() throws IOException {
        Upstream.SHARED.answersJson("[1, 2, 3]");
        try (var wire = new Wire(port)) {
            var head = wire.send("HEAD /api/movie HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .head();
            var next = wire.send("GET /api/movie HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("application/json");
            assertThat(next.body()).isEqualTo("[1, 2, 3]");
        }
    }

    @Test
    void rejectsATargetThatCouldBeReadInTwoWays() throws IOException {
        var answer = Wire.get(port, "/api/%2e%2e/x");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("/problems/request-target-refused");
    }

    @Test
    void closesTheConnectionAfterARequestWithTwoHosts() throws IOException {
        try (var wire = new Wire(port)) {
            var answer = wire.send("GET /ping HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
                    .answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void keepsTheConnectionOpenAfterARejection() throws IOException {
        try (var wire = new Wire(port)) {
            wire.send("GET /nope HTTP/1.1\r\nHost: a\r\n\r\n").answer();

            assertThat(wire.send("GET /ping HTTP/1.1\r\nHost: a\r\n\r\n")
                            .answer()
                            .body())
                    .isEqualTo("pong");
        }
    }
}
