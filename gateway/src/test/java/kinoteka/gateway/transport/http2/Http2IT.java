package kinoteka.gateway.transport.http2;

import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

/** Clients that speak HTTP/2 without TLS, by prior knowledge. */
@GatewayTest
class Http2IT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConnectionProvider connections = ConnectionProvider.create("test", 2);
    private final HttpClient client;
    private final Scrape scrape;

    Http2IT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.client = HttpClient.create(connections).protocol(HttpProtocol.H2C).baseUrl("http://localhost:" + port);
        this.scrape = new Scrape(operatorsPort);
    }

    @AfterEach
    void close() {
        connections.dispose();
    }

    @Test
    void arePassedOn() {
        StepVerifier.create(client.get().uri("/api/movie/1?x").responseSingle((answer, body) -> body.asString()
                        .map(text -> answer.version() + " " + answer.status().code() + " " + text)))
                .expectNext("HTTP/2.0 200 GET /api/movie/1?x")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void sendBodies() {
        StepVerifier.create(client.post()
                        .uri("/api/session")
                        .send(ByteBufFlux.fromString(Flux.just("one", "two")))
                        .responseContent()
                        .aggregate()
                        .asString())
                .expectNext("POST /api/session onetwo")
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"GET, /nope, 404", "PUT, /ping, 405", "GET, //x, 400", "GET, /api/%2e%2e, 400", "GET, /api/movie?|, 400"
    })
    void areRejectedWithProblems(String method, String target, int status) {
        StepVerifier.create(client.request(HttpMethod.valueOf(method))
                        .uri(target)
                        .responseSingle((answer, body) -> body.asString()
                                .map(text -> answer.status().code() + " "
                                        + answer.responseHeaders().get("content-type") + " "
                                        + text.contains("trace_id"))))
                .expectNext(status + " application/problem+json true")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void areRejectedWithAProblemWhenTheirAuthorityIsNotValid() {
        var before = scrape.sum("requests_total", "status=\"400\"", "method=\"GET\"");

        StepVerifier.create(client.headers(headers -> headers.set("Host", "a:b"))
                        .get()
                        .uri("/api/movie")
                        .responseSingle((answer, body) ->
                                body.asString().map(text -> answer.status().code() + " " + text.contains("trace_id"))))
                .expectNext("400 true")
                .expectComplete()
                .verify(PATIENCE);
        scrape.awaitSum(before + 1, "requests_total", "status=\"400\"", "method=\"GET\"");
    }

    @Test
    void areCountedAs499WhenTheyResetTheirStream() throws Exception {
        var cancelled = new CompletableFuture<Void>();
        Upstream.SHARED.answers(
                (request, response) -> response.sendString(Flux.just("[1,").concatWith(Mono.never()))
                        .then()
                        .doOnCancel(() -> cancelled.complete(null)));
        var before = scrape.sum("requests_total", "status=\"499\"", "endpoint=\"/api/customer\"");

        StepVerifier.create(client.get().uri("/api/customer").responseContent().asString(StandardCharsets.UTF_8))
                .expectNext("[1,")
                .thenCancel()
                .verify(PATIENCE);

        cancelled.get(5, TimeUnit.SECONDS);
        scrape.awaitSum(before + 1, "requests_total", "status=\"499\"", "endpoint=\"/api/customer\"");
    }

    @Test
    void getAStreamErrorWhenTheUpstreamBreaksOff() {
        Upstream.SHARED.answers((request, response) -> response.sendString(Flux.just("[1,")
                .concatWith(
                        Mono.delay(Duration.ofMillis(200)).then(Mono.error(new IllegalStateException("break off"))))));

        StepVerifier.create(client.get().uri("/api/customer").responseContent().asString(StandardCharsets.UTF_8))
                .expectNext("[1,")
                .expectError()
                .verify(PATIENCE);
    }
}
