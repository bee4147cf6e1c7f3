package kinoteka.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Mono;

/** A malformed request is rejected with a problem and counted, and the connection is closed. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class MalformedRequestIT {

    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    private final int port;
    private final Scrape scrape;

    MalformedRequestIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/movie\r\nHost: a\r\n\r\n",
                "GET /api/movie HTTP/9.x\r\nHost: a\r\n\r\n",
                "GET /api/movie HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET /api/movie HTTP/1.1\r\nHost: a\r\nX: a\u0001b\r\n\r\n",
                "GET /api/movie HTTP/1.1\r\nHost: a:b\r\n\r\n",
                "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n" + CHUNKED + "\r\n0\r\n\r\n",
                "POST /api/session HTTP/1.1\r\nHost: a\r\n" + CHUNKED + "Content-Length: 5\r\n\r\n0\r\n\r\n",
                "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n123456",
                "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n\r\n123456",
                "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n12345",
                "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5x\r\n\r\n12345",
                "POST /api/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
                "POST /api/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST /api/session HTTP/1.0\r\nHost: a\r\n" + CHUNKED + "\r\n0\r\n\r\n"
            })
    void isRejectedWith400AndCloses(String request) throws IOException {
        var before = scrape.sum("requests_total", "status=\"400\"", "endpoint=\"other\"");
        try (var wire = new Wire(port)) {
            var answer = wire.send(request).answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.header("date")).endsWith(" GMT");
            assertThat(answer.body()).contains("/problems/request-malformed", "\"trace_id\":\"");
            assertThat(wire.rest()).isEmpty();
        }
        scrape.awaitSum(before + 1, "requests_total", "status=\"400\"", "endpoint=\"other\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n\r\n",
                "GET localhost:443 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET api/movie HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET //api/movie HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/movie?q=| HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/movie?q=%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/% HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/\\x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /[ HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void anUnacceptableTargetIsRejected(String request) throws IOException {
        var before = scrape.sum("requests_total", "status=\"400\"", "endpoint=\"other\"");

        var answer = Wire.ask(port, request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).containsPattern("/problems/request-(target-refused|malformed)");
        scrape.awaitSum(before + 1, "requests_total", "status=\"400\"", "endpoint=\"other\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/movie HTTP/1.1\r\n\r\n",
                "GET /api/movie HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /api/movie HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET /api/movie HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET /api/movie HTTP/1.0\r\nConnection: keep-alive\r\nHost: a\r\nHost: b\r\n\r\n"
            })
    void withoutOneValidHostItIsRejectedWith400AndCloses(String request) throws IOException {
        var before = scrape.sum("requests_total", "status=\"400\"", "endpoint=\"other\"");
        try (var wire = new Wire(port)) {
            var answer = wire.send(request).answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("connection")).isNotEqualTo("keep-alive");
            assertThat(answer.body()).contains("/problems/request-target-refused");
            assertThat(wire.rest()).isEmpty();
        }
        scrape.awaitSum(before + 1, "requests_total", "status=\"400\"", "endpoint=\"other\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/9.9", "HTTP/2.0", "HTTP/0.9"})
    void aVersionThatIsNotSupportedIsRejectedWith505AndCloses(String version) throws IOException {
        var before = scrape.sum("requests_total", "status=\"505\"", "method=\"GET\"");
        try (var wire = new Wire(port)) {
            var answer = wire.send("GET /api/movie " + version + "\r\nHost: a\r\n\r\n")
                    .answer();

            assertThat(answer.status()).isEqualTo(505);
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.body()).contains("/problems/http-version-not-supported", "\"instance\":\"/api/movie\"");
            assertThat(wire.rest()).isEmpty();
        }
        scrape.awaitSum(before + 1, "requests_total", "status=\"505\"", "method=\"GET\"");
    }

    @Test
    void aTooLongTargetIsRejectedWith414() throws IOException {
        var answer = Wire.get(port, "/api/movie?" + "a".repeat(8 * 1024));

        assertThat(answer.status()).isEqualTo(414);
        assertThat(answer.body()).contains("/problems/target-too-long");
        scrape.awaitSum(1, "requests_total", "status=\"414\"", "endpoint=\"other\"");
    }

    @Test
    void tooLargeHeadersAreRejectedWith431() throws IOException {
        var answer = Wire.ask(port, "GET /api/movie HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(16 * 1024) + "\r\n\r\n");

        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).contains("/problems/headers-too-large");
        scrape.awaitSum(1, "requests_total", "status=\"431\"", "endpoint=\"other\"");
    }

    @Test
    void requestsBeforeItInAPipelineGetTheirResponses() throws IOException {
        try (var wire = new Wire(port)) {
            wire.send(get("/ping", "Host") + get("/api/movie/7", "Host") + get("/api/movie", "Host "));

            assertThat(wire.answer().body()).isEqualTo("pong");
            assertThat(wire.answer().body()).isEqualTo("GET /api/movie/7");
            var rejected = wire.answer();
            assertThat(rejected.status()).isEqualTo(400);
            assertThat(rejected.body()).contains("/problems/request-malformed");
            assertThat(wire.rest()).isEmpty();
        }
    }

    /** All in one segment: the second request is malformed while the first one is being processed. */
    @Test
    void aBrokenChunkOfTheNextRequestDoesNotChangeTheStatusOfTheOneBefore() throws IOException {
        var good = scrape.sum("requests_total", "status=\"200\"", "endpoint=\"/api/movie/\"");
        var malformed = scrape.sum("requests_total", "status=\"400\"", "endpoint=\"other\"");
        try (var wire = new Wire(port)) {
            wire.send(get("/api/movie/7", "Host") + "POST /api/session HTTP/1.1\r\nHost: a\r\n" + CHUNKED
                    + "\r\n3\r\nabc\r\nzz\r\n");

            assertThat(wire.answer().body()).isEqualTo("GET /api/movie/7");
            var rejected = wire.answer();
            assertThat(rejected.status()).isEqualTo(400);
            assertThat(rejected.body()).contains("/problems/request-malformed");
            assertThat(wire.rest()).isEmpty();
        }
        scrape.awaitSum(good + 1, "requests_total", "status=\"200\"", "endpoint=\"/api/movie/\"");
        scrape.awaitSum(malformed + 1, "requests_total", "status=\"400\"", "endpoint=\"other\"");
    }

    /** A client that asks for an upgrade to HTTP/2 gets a response in HTTP/1.1, and its body has the same limits. */
    @Test
    void anUpgradeIsIgnored() throws IOException {
        var answer = Wire.ask(
                port,
                get(
                        "/api/movie/7",
                        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nHost"));

        assertThat(answer.body()).isEqualTo("GET /api/movie/7");
    }

    @Test
    void headersThatTrickleAreRejectedWith408WithinTheirDeadline() throws IOException {
        var begun = System.nanoTime();
        try (var wire = new Wire(port);
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            wire.send("GET /api/movie HTTP/1.1\r\n");
            var trickle = clock.scheduleAtFixedRate(() -> trickle(wire), 0, 50, TimeUnit.MILLISECONDS);
            var answer = wire.answer();
            trickle.cancel(true);

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("/problems/request-too-slow");
            assertThat(System.nanoTime() - begun).isGreaterThan(2_900_000_000L);
        }
        scrape.awaitSum(1, "requests_total", "status=\"408\"", "endpoint=\"other\"");
    }

    @Test
    void isNotLogged(CapturedOutput log) throws IOException {
        var start = log.getAll().length();
        var before = scrape.sum("requests_total", "status=\"400\"");
        for (var input : List.of("\0\0\0\r\n\r\n", "\u0016\u0003\u0001", get("/", "Host "), get("/%", "Host"))) {
            Wire.ask(port, input);
            try (var wire = new Wire(port)) {
                wire.send(input).reset();
            }
            try (var wire = new Wire(port)) {
                wire.send(get("/api/movie/1", "Host") + input).reset();
            }
        }
        for (var body : List.of("Content-Length: 5\r\n\r\nabc", CHUNKED + "\r\n3\r\nabc\r\n", CHUNKED + "\r\nzz")) {
            try (var wire = new Wire(port)) {
                wire.send("POST /api/session HTTP/1.1\r\nHost: a\r\n" + body).reset();
            }
        }
        Wire.ask(
                port,
                get("/api/movie/7", "Host") + "POST /api/session HTTP/1.1\r\nHost: a\r\n" + CHUNKED + "\r\nzz\r\n");
        assertThat(scrape.sum("requests_total", "status=\"400\"")).isGreaterThanOrEqualTo(before + 4);
        assertThat(log.getAll().substring(start)).doesNotContain(" WARN ", " ERROR ", "\tat ");
    }

    @Test
    void tooManyPipelinedRequestsCloseTheConnectionAndAreNotLogged(CapturedOutput log) throws IOException {
        var start = log.getAll().length();
        var before = scrape.sum("client_connection_errors_total", "error=\"pipeline\"");
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just("x".repeat(16_000))));
        try (var wire = new Wire(port)) {
            wire.send(get("/api/movie/1", "Host").repeat(2000));

            wire.rest();
        } catch (SocketException reset) {
            // as good as closed
        }
        scrape.awaitSum(before + 1, "client_connection_errors_total", "error=\"pipeline\"");
        assertThat(log.getAll().substring(start)).doesNotContain(" WARN ", " ERROR ", "\tat ");
    }

    private static void trickle(Wire wire) {
        try {
            wire.send("X");
        } catch (IOException closed) {
            throw new UncheckedIOException(closed); // ends the schedule
        }
    }

    private static String get(String target, String host) {
        return "GET " + target + " HTTP/1.1\r\n" + host + ": a\r\n\r\n";
    }
}
