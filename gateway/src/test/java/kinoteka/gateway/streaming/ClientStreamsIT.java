package kinoteka.gateway.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.ImpatientClients;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lists and streams are limited for each client, so that one client cannot take the connections of all. */
@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.connections.unlimited-networks=127.9.9.0/24",
            "kinoteka.gateway.connections.client-streams=2",
            "kinoteka.gateway.upstream.stream-idle-timeout=30s",
        })
class ClientStreamsIT {

    private static final String EVENTS = "GET /api/changes HTTP/1.1\r\nHost: a\r\n\r\n";

    private final int port;
    private final Scrape scrape;

    ClientStreamsIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @Test
    void oneClientCannotTakeAllOfThem() throws Exception {
        Upstream.SHARED.answers(
                (request, response) -> response.sendString(Flux.just("films").concatWith(Mono.never())));
        try (var first = Wire.from("127.0.0.2", port);
                var second = Wire.from("127.0.0.2", port);
                var third = Wire.from("127.0.0.2", port);
                var other = Wire.from("127.0.0.3", port)) {
            first.send(EVENTS);
            second.send(EVENTS);
            scrape.awaitSum(2, "upstream_connections_active", "pool=\"streams\"");

            var rejected = third.send(EVENTS).answer();
            assertThat(rejected.status()).isEqualTo(429);
            assertThat(rejected.header("retry-after")).isNotEmpty();
            assertThat(rejected.body()).contains("/problems/too-many-streams");
            other.send(EVENTS);
            scrape.awaitSum(3, "upstream_connections_active", "pool=\"streams\"");
            Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just("a film")));
            assertThat(third.send("GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n")
                            .answer()
                            .body())
                    .as("no stream")
                    .isEqualTo("a film");
        }
        awaitList("127.0.0.2");
    }

    @Test
    void clientsThatDisconnectAtRandomMomentsGiveTheirStreamsBack() throws Exception {
        Upstream.SHARED.answers((request, response) -> response.sendString(
                Mono.just("films").concatWith(Mono.<String>never().take(Duration.ofMillis(2)))));
        new ImpatientClients(
                        port,
                        List.of("127.0.0.4"),
                        List.of("GET /api/movie HTTP/1.1\r\nHost: a\r\n\r\n"),
                        Duration.ofMillis(8))
                .comeAndGo(400);
        scrape.awaitSum(0, "upstream_connections_active", "pool=\"streams\"");
        awaitList("127.0.0.4");
        Upstream.SHARED.answers(
                (request, response) -> response.sendString(Flux.just("films").concatWith(Mono.never())));
        try (var first = Wire.from("127.0.0.4", port);
                var second = Wire.from("127.0.0.4", port)) {
            first.send(EVENTS);
            second.send(EVENTS);
            scrape.awaitSum(2, "upstream_connections_active", "pool=\"streams\"");
        }
    }

    private void awaitList(String client) {
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just("films")));
        Awaitility.await().ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> {
            try (var wire = Wire.from(client, port)) {
                assertThat(wire.send("GET /api/movie HTTP/1.1\r\nHost: a\r\n\r\n")
                                .answer()
                                .status())
                        .isEqualTo(200);
            }
        });
    }
}
