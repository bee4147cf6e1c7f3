package kinoteka.gateway.upstream.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.RawUpstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The upstream sends a part of a response without end. It is neither stored nor read without end. */
@GatewayTest
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EndlessResponseIT {

    private static final RawUpstream UPSTREAM = new RawUpstream();
    private static final String STATUS = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = STATUS + "Transfer-Encoding: chunked\r\n\r\n";

    private final int port;

    EndlessResponseIT(@LocalServerPort int port) {
        this.port = port;
    }

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry registry) {
        registry.add("kinoteka.gateway.upstream.catalogue", () -> "http://localhost:" + UPSTREAM.port());
    }

    @AfterAll
    static void close() throws IOException {
        UPSTREAM.close();
    }

    /** How each begins, and what follows again and again. */
    static Stream<Arguments> responses() {
        return Stream.of(
                argumentSet("status line", "HTTP/1.1 200 ", "x"),
                argumentSet("headers", STATUS, "X: x\r\n"),
                argumentSet("header", STATUS + "X: ", "x"),
                argumentSet("chunk size", CHUNKED, "0"),
                argumentSet("chunk extension", CHUNKED + "1;", "x"));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void isRejectedAndItsConnectionIsClosed(String beginning, String piece) throws Exception {
        var closed = sends(beginning, piece);

        assertThat(Wire.get(port, "/api/movie/1").status()).isEqualTo(502);

        closed.await();
    }

    @Test
    void endlessTrailersEndTheResponseBeforeItIsComplete() throws Exception {
        var closed = sends(CHUNKED + "1\r\n1\r\n0\r\n", "X: x\r\n");

        try (var wire = new Wire(port)) {
            assertThat(wire.send("GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n")
                            .head()
                            .status())
                    .isEqualTo(200);
            assertThat(wire.chunk()).isEqualTo("1");
            assertThat(wire.rest()).isEmpty();
        }

        closed.await();
    }

    /** Returns what is counted down when the gateway has closed a connection. */
    private static CountDownLatch sends(String beginning, String piece) throws IOException {
        var closed = new CountDownLatch(1); // a read may be retried on other connections
        UPSTREAM.talks(connection -> {
            connection.awaitRequest();
            connection.send(beginning);
            try {
                while (true) {
                    connection.send(piece.repeat(1000));
                }
            } finally {
                closed.countDown();
            }
        });
        return closed;
    }
}
