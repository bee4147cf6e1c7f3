package kinoteka.gateway.upstream.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.ImpatientClients;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Clients that disconnect, or send slowly, do not occupy connections to the upstream that other clients need. */
@GatewayTest
class DisconnectingClientsIT {

    private static final List<String> REQUESTS = List.of(
            "GET /api/movie HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /api/session HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
            "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{}",
            "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n{}",
            "POST /api/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");

    private final int port;
    private final Scrape scrape;

    DisconnectingClientsIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @Test
    void disconnectedClientsOccupyNoConnections() throws Exception {
        var part = "x".repeat(10_000);
        Upstream.SHARED.answers((request, response) -> switch (request.uri()) {
            case "/api/movie/1" ->
                response.sendString(Mono.delay(Duration.ofMillis(5)).thenReturn("short"));
            case "/api/movie" ->
                response.sendString(
                        Flux.interval(Duration.ofMillis(5)).map(i -> part).take(20));
            default ->
                response.sendString(
                        request.receive().then(Mono.just(part)).flux().repeat(50));
        });
        new ImpatientClients(port, List.of("127.0.0.1"), REQUESTS, Duration.ofMillis(30)).comeAndGo(600);

        for (var pool : List.of("requests", "streams")) {
            scrape.awaitSum(0, "upstream_connections_active", "pool=\"" + pool + "\"");
            scrape.awaitSum(0, "upstream_pending_requests", "pool=\"" + pool + "\"");
        }
        for (int i = 0; i < 2 * GatewayTest.MAX_CONNECTIONS; i++) {
            assertThat(Wire.get(port, "/api/movie/1").body()).isEqualTo("short");
            assertThat(Wire.get(port, "/api/movie").status()).isEqualTo(200);
        }
    }

    @Test
    void slowBodiesOccupyNoConnections() throws IOException {
        var slow = new ArrayList<Wire>();
        try {
            for (int i = 0; i < 4 * GatewayTest.MAX_CONNECTIONS; i++) {
                slow.add(new Wire(port));
                slow.getLast().send("POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
            }

            assertThat(Wire.ask(port, "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab")
                            .body())
                    .isEqualTo("POST /api/session ab");
            assertThat(Wire.get(port, "/api/movie/1").status()).isEqualTo(200);
        } finally {
            for (var wire : slow) {
                wire.close();
            }
        }
    }
}
