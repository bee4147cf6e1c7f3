package kinoteka.gateway.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Mono;

@GatewayTest
class BodyLimitIT {

    private static final int LIMIT = 100 * 1024;
    private static final String POST = "POST /api/session HTTP/1.1\r\nHost: localhost\r\n";

    private final int port;
    private final Scrape scrape;
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    BodyLimitIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @Test
    void letsABodyOfExactlyTheLimitThrough() throws IOException {
        var body = "x".repeat(LIMIT);

        assertThat(Wire.ask(port, POST + "Content-Length: " + LIMIT + "\r\n\r\n" + body)
                        .body())
                .isEqualTo("POST /api/session " + body);
        assertThat(Wire.ask(port, POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk(body) + "0\r\n\r\n")
                        .body())
                .isEqualTo("POST /api/session " + body);
    }

    @Test
    void answersALargerOne413ByItsLengthWithoutReadingIt() throws IOException {
        var reached = reached();

        var answer = Wire.ask(port, POST + "Content-Length: " + (LIMIT + 1) + "\r\n\r\n");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("/problems/body-too-large", "102400 bytes");
        assertThat(reached).isNotDone();
    }

    @Test
    void answersALargerOne413WhenItsChunksPassTheLimitAndAbortsUpstream() throws Exception {
        var reached = reached();
        var before = scrape.sum("requests_total", "status=\"413\"", "endpoint=\"/api/session\"");
        try (var wire = new Wire(port)) {
            wire.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 11; i++) {
                wire.send(chunk("x".repeat(10 * 1024)));
            }
            var answer = wire.answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("/problems/body-too-large");
        }
        assertThat(reached.get(5, TimeUnit.SECONDS)).isEqualTo("broken off");
        scrape.awaitSum(before + 1, "requests_total", "status=\"413\"", "endpoint=\"/api/session\"");
    }

    @Test
    void countsBytesAndNotCharacters() throws IOException {
        var body = "\u00d1\u0084".repeat(LIMIT / 2 + 1); // two bytes each

        assertThat(Wire.ask(port, POST + "Content-Length: " + body.length() + "\r\n\r\n")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void answersAShortBodyThatDoesNotArrive408WithoutAConnectionToTheUpstream() throws Exception {
        var reached = reached();
        try (var wire = new Wire(port)) {
            var answer = wire.send(POST + "Content-Length: 10\r\n\r\n12345").answer();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("/problems/request-too-slow");
        }
        assertThat(reached).isNotDone();
    }

    @Test
    void answersALongBodyThatDoesNotArrive408AndAbortsUpstream() throws Exception {
        var reached = reached();
        try (var wire = new Wire(port)) {
            var answer = wire.send(POST + "Content-Length: " + LIMIT + "\r\n\r\n12345")
                    .answer();

            assertThat(answer.status()).isEqualTo(408);
        }
        assertThat(reached.get(5, TimeUnit.SECONDS)).isEqualTo("broken off");
    }

    @Test
    void neverSendsABodyWithBrokenChunksUpstreamAsAWhole() throws Exception {
        var reached = reached();
        var before = scrape.sum("requests_total", "status=\"400\"", "endpoint=\"/api/session\"");
        try (var wire = new Wire(port)) {
            wire.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk("{\"a\":1}"));
            started.get(5, TimeUnit.SECONDS);
            var answer = wire.send("zz\r\n").answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("/problems/request-malformed");
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(reached.get(5, TimeUnit.SECONDS)).isEqualTo("broken off");
        scrape.awaitSum(before + 1, "requests_total", "status=\"400\"", "endpoint=\"/api/session\"");
    }

    @Test
    void countsAClientThatLeavesInTheMiddleOfItsBodyAs499() throws Exception {
        var reached = reached();
        var before = scrape.sum("requests_total", "status=\"499\"", "endpoint=\"/api/session\"");
        try (var wire = new Wire(port)) {
            wire.send(POST + "Content-Length: " + LIMIT + "\r\n\r\n12345");
            started.get(5, TimeUnit.SECONDS);
        }
        assertThat(reached.get(5, TimeUnit.SECONDS)).isEqualTo("broken off");
        scrape.awaitSum(before + 1, "requests_total", "status=\"499\"", "endpoint=\"/api/session\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2\r\n\r\nab", "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"})
    void rejectsABodyOfGetAndOfHead(String body) throws IOException {
        var answer = Wire.ask(port, "GET /api/movie HTTP/1.1\r\nHost: a\r\n" + body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("/problems/body-not-allowed");
        assertThat(Wire.head(port, "HEAD /api/movie HTTP/1.1\r\nHost: a\r\n" + body)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void asksForABodyThatWaitsToBeAskedFor() throws IOException {
        try (var wire = new Wire(port)) {
            wire.send(POST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");

            assertThat(wire.head().status()).isEqualTo(100);
            assertThat(wire.send("ab").answer().body()).isEqualTo("POST /api/session ab");
        }
    }

    /** How the next request's body ends upstream, "whole" or "broken off"; not done when no request comes. */
    private CompletableFuture<String> reached() {
        var reached = new CompletableFuture<String>();
        Upstream.SHARED.answers((request, response) -> request.receive()
                .doOnNext(data -> started.complete(null))
                .then(Mono.just(""))
                .doOnSuccess(body -> reached.complete("whole"))
                .doOnError(failure -> reached.complete("broken off"))
                .doOnCancel(() -> reached.complete("broken off"))
                .then(Mono.defer(() -> response.sendString(Mono.just("ok")).then())));
        return reached;
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }
}
