package kinoteka.gateway.upstream.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.RawUpstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A request body that the catalogue does not read. */
@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.request.body-limit=100MB",
            "kinoteka.gateway.request.body-deadline=1m",
            "kinoteka.gateway.request.body-min-rate=0B",
        })
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UnreadRequestBodyIT {

    /** More than the buffers of the sockets between the gateway and the catalogue. */
    private static final int BODY_BYTES = 64 * 1024 * 1024;

    private static final RawUpstream CATALOGUE = new RawUpstream();

    private final int port;

    UnreadRequestBodyIT(@LocalServerPort int port) {
        this.port = port;
    }

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry registry) {
        registry.add("kinoteka.gateway.upstream.catalogue", () -> "http://localhost:" + CATALOGUE.port());
    }

    @AfterAll
    static void close() throws IOException {
        CATALOGUE.close();
    }

    @Test
    void isATimeoutOfTheCatalogueAndNotOfTheClient() throws IOException {
        var end = new CountDownLatch(1);
        CATALOGUE.talks(connection -> end.await());
        try (var wire = new Wire(port)) {
            wire.send("POST /api/movie HTTP/1.1\r\nHost: a\r\nContent-Length: " + BODY_BYTES + "\r\n\r\n");
            Thread.ofVirtual().start(() -> sendBody(wire));

            var response = wire.answer();

            assertThat(response.status()).isEqualTo(504);
            assertThat(response.body()).contains("/problems/upstream-timeout");
        } finally {
            end.countDown();
        }
    }

    private static void sendBody(Wire wire) {
        try {
            var part = "x".repeat(64 * 1024);
            for (int sent = 0; sent < BODY_BYTES; sent += part.length()) {
                wire.send(part);
            }
        } catch (IOException closed) {
            // by the gateway, after its response
        }
    }
}
