package kinoteka.gateway.upstream.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.RawUpstream;
import kinoteka.gateway.testing.RawUpstream.Connection;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Wire;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** No client receives the response to another, whatever the upstream sends. All requests share one connection. */
@GatewayTest
class UnsolicitedResponseIT {

    private static final RawUpstream UPSTREAM = new RawUpstream();

    private final int port;
    private final Scrape scrape;

    UnsolicitedResponseIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void oneConnection(DynamicPropertyRegistry registry) {
        registry.add("kinoteka.gateway.upstream.catalogue", () -> "http://localhost:" + UPSTREAM.port());
        registry.add("kinoteka.gateway.upstream.requests.max-connections", () -> 1);
    }

    @AfterAll
    static void close() throws IOException {
        UPSTREAM.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n"
            })
    void anInformationalResponseIsNotTakenForTheFinalResponse(String informational) throws IOException {
        UPSTREAM.talks(connection -> {
            while (true) {
                var request = connection.awaitRequest();
                connection.send(informational);
                Thread.sleep(100); // so that it arrives separately
                connection.respond(request);
            }
        });

        assertThat(get(1)).isEqualTo("200 GET /api/movie/1 HTTP/1.1");
        assertThat(get(2)).isEqualTo("200 GET /api/movie/2 HTTP/1.1");
        assertThat(UPSTREAM.connections()).as("connections").isEqualTo(1);
    }

    @Test
    void informationalResponsesDoNotProlongTheTimeLimit() throws IOException {
        UPSTREAM.talks(connection -> {
            connection.awaitRequest();
            while (true) {
                connection.send("HTTP/1.1 102 Processing\r\n\r\n");
                Thread.sleep(100);
            }
        });

        assertThat(get(1)).startsWith("504 ");
    }

    @Test
    void anUnsolicitedSwitchOfProtocolsClosesTheConnection() throws IOException {
        respondsOnceWith("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");

        assertThat(get(1)).as("the retry").isEqualTo("200 GET /api/movie/1 HTTP/1.1");
        assertThat(get(2)).isEqualTo("200 GET /api/movie/2 HTTP/1.1");
        assertThat(UPSTREAM.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown" + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown" + "HTTP/1.1 200 O",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown" + "x",
                "HTTP/1.1 204 No Content\r\n\r\nother"
            })
    void dataAfterAResponseClosesTheConnection(String responses) throws IOException {
        respondsOnceWith(responses);

        assertThat(get(1)).isIn("200 own", "204 ");
        assertThat(get(2)).isEqualTo("200 GET /api/movie/2 HTTP/1.1");
        assertThat(UPSTREAM.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother", "HTTP/1.1 2", "x"})
    void aResponseBeforeTheRequestClosesTheConnection(String response) throws Exception {
        var sent = new CompletableFuture<Void>();
        var before = unsolicited();
        UPSTREAM.talks(connection -> {
            connection.respond(connection.awaitRequest());
            if (!sent.isDone()) {
                Thread.sleep(50);
                connection.send(response);
                sent.complete(null);
            }
            connection.respond(connection.awaitRequest());
        });

        assertThat(get(1)).isEqualTo("200 GET /api/movie/1 HTTP/1.1");
        sent.get(5, TimeUnit.SECONDS);
        scrape.awaitSum(before + 1, "upstream_unsolicited_data_total", "pool=\"requests\"");
        assertThat(get(2)).isEqualTo("200 GET /api/movie/2 HTTP/1.1");
    }

    @Test
    void theResponseToADisconnectedClientIsNotSentToTheNext() throws Exception {
        var received = new CompletableFuture<Void>();
        UPSTREAM.talks(connection -> {
            var request = connection.awaitRequest();
            if (received.complete(null)) {
                Thread.sleep(300); // the client disconnects in the meantime
            }
            connection.respond(request);
            connection.awaitRequest();
        });
        try (var disconnecting = new Wire(port)) {
            disconnecting.send("GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n");
            received.get(5, TimeUnit.SECONDS);
        }

        assertThat(get(2)).isEqualTo("200 GET /api/movie/2 HTTP/1.1");
    }

    @Test
    void aReadIsSentAgainIfTheUpstreamClosesItsReusedConnection() throws IOException {
        respondsOncePerConnection();

        assertThat(get(1)).isEqualTo("200 GET /api/movie/1 HTTP/1.1");
        assertThat(get(2)).isEqualTo("200 GET /api/movie/2 HTTP/1.1");
    }

    @Test
    void aWriteIs502IfTheUpstreamClosesItsReusedConnection() throws IOException {
        respondsOncePerConnection();

        assertThat(get(1)).isEqualTo("200 GET /api/movie/1 HTTP/1.1");
        assertThat(Wire.ask(port, "DELETE /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n")
                        .status())
                .isEqualTo(502);
    }

    /** Closes each connection when a second request arrives on it. */
    private static void respondsOncePerConnection() throws IOException {
        UPSTREAM.talks(connection -> {
            connection.respond(connection.awaitRequest());
            connection.awaitRequest();
        });
    }

    /** Responds to the first request with these characters, and to all others with their request line. */
    private static void respondsOnceWith(String characters) throws IOException {
        var first = new CompletableFuture<Void>();
        UPSTREAM.talks(connection -> {
            while (true) {
                var request = connection.awaitRequest();
                send(connection, first.complete(null) ? characters : null, request);
            }
        });
    }

    private static void send(Connection connection, @Nullable String characters, String request) throws IOException {
        if (characters == null) {
            connection.respond(request);
        } else {
            connection.send(characters);
        }
    }

    private String get(int movie) throws IOException {
        var response = Wire.get(port, "/api/movie/" + movie);
        return response.status() + " " + response.body();
    }

    private double unsolicited() throws IOException {
        return scrape.sum("upstream_unsolicited_data_total", "pool=\"requests\"");
    }
}
