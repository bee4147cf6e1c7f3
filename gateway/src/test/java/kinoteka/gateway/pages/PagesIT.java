package kinoteka.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@GatewayTest
class PagesIT {

    private final int port;

    PagesIT(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void theLandingPageLinksEveryEndpointToAnExampleThatSucceeds() throws IOException {
        var page = Wire.get(port, "/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html;charset=UTF-8");
        for (var endpoint : Endpoint.values()) {
            assertThat(page.body()).contains("<code>" + endpoint.pattern() + "</code>");
            assertThat(Wire.get(port, endpoint.example()).status()).isEqualTo(200);
        }
        assertThat(page.body()).contains("curl -i http://localhost/api/movie/1").doesNotContain("{{");
    }

    @Test
    void theLandingPageLoadsNothingFromOtherServers() throws IOException {
        var page = Wire.get(port, "/");

        assertThat(page.body()).doesNotContainPattern(Pattern.compile("(src|href)=\"(https?:)?//"));
        assertThat(page.header("content-security-policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("frame-ancestors 'none'");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void pingSucceedsWhileTheGatewayIsReady(@Autowired ApplicationContext context) throws IOException {
        var pong = Wire.get(port, "/ping");
        assertThat(pong.status()).isEqualTo(200);
        assertThat(pong.header("content-type")).isEqualTo("text/plain");
        assertThat(pong.body()).isEqualTo("pong");

        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        try {
            var problem = Wire.get(port, "/ping");

            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.header("retry-after")).isEqualTo("1");
            assertThat(problem.body()).contains("/problems/not-ready");
        } finally {
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Test
    void pingDoesNotCallTheUpstream() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.sendNotFound());

        assertThat(Wire.get(port, "/ping").status()).isEqualTo(200);
    }

    @Test
    void bothSupportHead() throws IOException {
        try (var wire = new Wire(port)) {
            assertThat(wire.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").head().status())
                    .isEqualTo(200);
            assertThat(wire.send("HEAD /ping HTTP/1.1\r\nHost: a\r\n\r\n")
                            .head()
                            .header("content-length"))
                    .isEqualTo("4");
            assertThat(wire.send("GET /ping HTTP/1.1\r\nHost: a\r\n\r\n")
                            .answer()
                            .body())
                    .isEqualTo("pong");
        }
    }
}
