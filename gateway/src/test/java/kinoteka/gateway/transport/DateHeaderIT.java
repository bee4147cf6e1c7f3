package kinoteka.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@GatewayTest
class DateHeaderIT {

    private final int port;

    DateHeaderIT(@LocalServerPort int port) {
        this.port = port;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ping HTTP/1.1\r\nHost: a",
                "GET /api/movie/1 HTTP/1.1\r\nHost: a",
                "GET /nope HTTP/1.1\r\nHost: a",
                "GET /[ HTTP/1.1\r\nHost: a",
                "GET / HTTP/7.1\r\nHost: a"
            })
    void isOnEachResponseOnce(String request) throws IOException {
        assertThat(datesOf(request)).isOne();
    }

    @Test
    void isOnAResponseOnceIfTheUpstreamSendsOneOrTwo() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.addHeader("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
                .addHeader("Date", "Sun, 06 Nov 1994 08:49:38 GMT")
                .send());

        assertThat(datesOf("GET /api/movie/1 HTTP/1.1\r\nHost: a")).isOne();
    }

    private long datesOf(String request) throws IOException {
        try (var wire = new Wire(port)) {
            var response = wire.send(request + "\r\nConnection: close\r\n\r\n").rest();
            return Arrays.stream(response.split("\r\n", -1))
                    .filter(line -> line.regionMatches(true, 0, "date:", 0, 5))
                    .count();
        }
    }
}
