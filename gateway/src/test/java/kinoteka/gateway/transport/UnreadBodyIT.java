package kinoteka.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A response that is given before its request has ended closes the connection, but not before the client could read it. */
@GatewayTest
class UnreadBodyIT {

    private static final int MEGABYTE = 1 << 20;

    /** Megabytes. The linger limit is one; what fits into the buffers of both sockets comes on top. */
    private static final int SENT_AT_MOST = 24;

    private final int port;
    private final Scrape scrape;

    UnreadBodyIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @ParameterizedTest
    @CsvSource({"POST /ping, 405", "POST /nope, 404", "GET /ping, 413", "POST /api/session, 413", "POST //, 400"})
    void isNotReadWithoutEnd(String request, int status) throws Exception {
        var labels = new String[] {"status=\"" + status + "\"", "method=\"" + request.split(" ", 2)[0] + "\""};
        var before = scrape.sum("requests_total", labels);
        try (var wire = new Wire(port)) {
            wire.send(headers(request, 1L << 40));
            var sent = 0;
            Throwable reset = null;
            while (reset == null && sent <= SENT_AT_MOST) {
                reset = catchThrowable(() -> wire.send("x".repeat(MEGABYTE)));
                sent++;
            }
            assertThat(reset).as("after " + sent + " MB").isInstanceOf(IOException.class);
        }
        scrape.awaitSum(before + 1, "requests_total", labels);
    }

    @ParameterizedTest
    @CsvSource({"POST /ping, 405", "POST /nope, 404", "GET /ping, 413", "POST /api/session, 413"})
    void letsAClientThatSendsEverythingFirstReadTheResponse(String request, int status) throws IOException {
        var length = MEGABYTE / 2;
        try (var wire = new Wire(port)) {
            wire.send(headers(request, length));
            for (var sent = 0; sent < length; sent += 1024) {
                wire.send("x".repeat(1024));
            }
            var answer = wire.answer();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void keepsTheConnectionWhenTheBodyArrivedWithTheHeaders() throws IOException {
        try (var wire = new Wire(port)) {
            for (var i = 0; i < 3; i++) {
                var answer = wire.send(headers("POST /nope", 3) + "abc").answer();

                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.header("connection")).isEmpty();
            }
            wire.send(headers("POST /nope", 3) + "abc" + "GET /ping HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(404);
            assertThat(wire.answer().body()).isEqualTo("pong");
        }
    }

    @Test
    void closesTheConnectionOfAClientThatSendsNothingMore() throws IOException {
        try (var wire = new Wire(port)) {
            wire.send(headers("POST /ping", 10));

            assertThat(wire.answer().status()).isEqualTo(405);
            assertThat(wire.rest()).isEmpty();
        }
    }

    /** Nothing of a request that follows the last response is processed. */
    @Test
    void doesNotTakeWhatFollowsTheResponseForARequest() throws IOException {
        try (var wire = new Wire(port)) {
            wire.send(headers("POST /ping", 10));
            assertThat(wire.answer().status()).isEqualTo(405);
            wire.send("0123456789GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void aBodyThatTricklesIsRejectedWith408AndItsConnectionIsClosed() throws Exception {
        var before = scrape.sum("requests_total", "status=\"408\"", "endpoint=\"/api/session\"");
        try (var wire = new Wire(port);
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            wire.send(headers("POST /api/session", 100_000));
            var trickle = clock.scheduleAtFixedRate(() -> trickle(wire), 0, 50, TimeUnit.MILLISECONDS);
            var answer = wire.answer();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.header("connection")).isEqualTo("close");
            Awaitility.await("reset").atMost(Duration.ofSeconds(5)).until(trickle::isDone);
        }
        scrape.awaitSum(before + 1, "requests_total", "status=\"408\"", "endpoint=\"/api/session\"");
    }

    private static void trickle(Wire wire) {
        try {
            wire.send("x");
        } catch (IOException closed) {
            throw new IllegalStateException(closed); // ends the schedule
        }
    }

    private static String headers(String request, long length) {
        return request + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
