package kinoteka.gateway.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.ImpatientClients;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.connections.total-limit=300",
            "kinoteka.gateway.connections.client-limit=100",
            "kinoteka.gateway.connections.unlimited-networks=127.9.9.0/24",
            "kinoteka.gateway.request.header-deadline=20s",
        })
class ConnectionLimitIT {

    private static final String PING = "GET /ping HTTP/1.1\r\nHost: a\r\n\r\n";

    private final int port;
    private final int operatorsPort;
    private final Scrape scrape;
    private final List<Wire> connections = new ArrayList<>();

    ConnectionLimitIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.operatorsPort = operatorsPort;
        this.scrape = new Scrape(operatorsPort);
    }

    @AfterEach
    void everyConnectionIsGivenBack() throws IOException {
        for (var connection : connections) {
            connection.close();
        }
        scrape.awaitSum(0, "client_connections");
    }

    @Test
    void oneClientCannotTakeAllConnections() throws IOException {
        var rejected = scrape.sum("client_connections_rejected_total", "limit=\"client\"");
        open(100, "127.0.0.2");
        scrape.awaitSum(100, "client_connections");

        try (var surplus = Wire.from("127.0.0.2", port);
                var other = Wire.from("127.0.0.3", port)) {
            assertThat(surplus.isClosed()).isTrue();
            assertThat(other.send(PING).answer().body()).isEqualTo("pong");
        }
        assertThat(connections.getFirst().send(PING).answer().body()).isEqualTo("pong");
        scrape.awaitSum(rejected + 1, "client_connections_rejected_total", "limit=\"client\"");
    }

    @Test
    void healthChecksAndOperatorsAreNotLimited() throws IOException {
        var rejected = scrape.sum("client_connections_rejected_total", "limit=\"total\"");
        open(100, "127.0.0.2");
        open(100, "127.0.0.3");
        open(100, "127.0.0.4");
        scrape.awaitSum(300, "client_connections");

        try (var surplus = Wire.from("127.0.0.5", port);
                var healthCheck = Wire.from("127.9.9.1", port)) {
            assertThat(surplus.isClosed()).isTrue();
            assertThat(healthCheck.send(PING).answer().body()).isEqualTo("pong");
        }
        assertThat(Wire.get(operatorsPort, "/actuator/health/liveness").status())
                .isEqualTo(200);
        scrape.awaitSum(rejected + 1, "client_connections_rejected_total", "limit=\"total\"");
    }

    /** Silent, in the middle of the headers, of a body, of a response, or after it; closed or reset. */
    @Test
    void clientsThatDisconnectAtRandomMomentsGiveTheirConnectionsBack() throws Exception {
        new ImpatientClients(
                        port,
                        List.of("127.0.0.2", "127.0.0.3", "127.0.0.4"),
                        List.of(
                                "",
                                "GET /pi",
                                "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n123",
                                "GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n",
                                PING + PING + PING,
                                "POST /ping HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n123",
                                "\0\1\2\r\n\r\n",
                                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense"),
                        Duration.ofMillis(5))
                .comeAndGo(800);
        scrape.awaitSum(0, "client_connections");
    }

    private void open(int count, String address) throws IOException {
        for (var i = 0; i < count; i++) {
            connections.add(Wire.from(address, port));
        }
    }
}
