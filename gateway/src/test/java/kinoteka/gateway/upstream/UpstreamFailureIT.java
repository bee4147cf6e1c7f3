package kinoteka.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.FutureMono;

@GatewayTest
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class UpstreamFailureIT {

    private static final String GET = "GET /api/movie HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final int port;
    private final Scrape scrape;

    UpstreamFailureIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @Test
    void anUnreachableUpstreamIs503UntilItIsRestarted() throws IOException {
        assertThat(Wire.get(port, "/api/movie").status()).isEqualTo(200);
        var before = scrape.sum("upstream_failures_total", "reason=\"unreachable\"");

        Upstream.SHARED.stop();
        try {
            var response = Wire.get(port, "/api/movie");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("retry-after")).isEqualTo("1");
            assertThat(response.header("content-type")).isEqualTo("application/problem+json");
            assertThat(response.body())
                    .contains("/problems/upstream-unavailable")
                    .doesNotContain("localhost:");
            assertThat(scrape.sum("upstream_failures_total", "reason=\"unreachable\""))
                    .isEqualTo(before + 1);
        } finally {
            Upstream.SHARED.startAgain();
        }
        assertThat(Wire.get(port, "/api/movie").status()).isEqualTo(200);
    }

    @Test
    void noResponseInTimeIs504() throws IOException {
        Upstream.SHARED.answers((request, response) -> Mono.never());

        var response = Wire.get(port, "/api/movie");

        assertThat(response.status()).isEqualTo(504);
        assertThat(response.body()).contains("/problems/upstream-timeout");
    }

    @Test
    void aConnectionClosedBeforeTheHeadersIs502() throws IOException {
        Upstream.SHARED.answers((request, response) -> close(response));

        var response = Wire.get(port, "/api/movie");

        assertThat(response.status()).isEqualTo(502);
        assertThat(response.body()).contains("/problems/upstream-failed");
    }

    @Test
    void aResponseThatIsNotHttpIs502() throws IOException {
        Upstream.SHARED.answers((request, response) -> writeRaw(response, "SSH-2.0-OpenSSH\r\n\r\n"));

        assertThat(Wire.get(port, "/api/movie").status()).isEqualTo(502);
    }

    @Test
    void anIncompleteShortResponseIs502() throws IOException {
        Upstream.SHARED.answers((request, response) ->
                writeRaw(response, "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 10\r\n\r\n12345"));

        var response = Wire.get(port, "/api/movie");

        assertThat(response.status()).isEqualTo(502);
        assertThat(response.headers()).doesNotContainKey("etag");
    }

    @Test
    void headersThatAreTooLargeAre502() throws IOException {
        Upstream.SHARED.answers(
                (request, response) -> writeRaw(response, "HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"));

        assertThat(Wire.get(port, "/api/movie").status()).isEqualTo(502);
    }

    @Test
    void aShortResponseThatStallsIs504() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.header("Content-Length", "10")
                .sendString(Flux.just("12345").concatWith(Mono.never())));

        var response = Wire.get(port, "/api/movie/1");

        assertThat(response.status()).isEqualTo(504);
        assertThat(response.body()).contains("/problems/upstream-timeout");
    }

    @Test
    void anIncompleteStreamClosesTheClientsConnectionAndIsCountedAs502() throws IOException {
        var failure = Sinks.<Void>one();
        Upstream.SHARED.answers(
                (request, response) -> response.sendString(Flux.just("[1,").concatWith(Mono.never()))
                        .then()
                        .takeUntilOther(failure.asMono())
                        .then(close(response)));
        var before = scrape.sum("requests_total", "status=\"502\"", "endpoint=\"/api/movie\"");
        try (var wire = new Wire(port)) {
            assertThat(wire.send(GET).head().status()).isEqualTo(200);
            assertThat(wire.chunk()).isEqualTo("[1,");
            failure.tryEmitEmpty();
            assertThat(wire.rest()).isEmpty();
        }
        scrape.awaitSum(before + 1, "requests_total", "status=\"502\"", "endpoint=\"/api/movie\"");
    }

    @Test
    void aFullPoolIs503InBoundedTime() throws IOException {
        Upstream.SHARED.answers((request, response) -> request.uri().equals("/api/movie")
                ? response.sendString(Flux.just("[1,").concatWith(Mono.never())).then()
                : response.sendString(Mono.just("short")).then());
        var connections = new ArrayList<Wire>();
        try {
            for (int i = 0; i < 4; i++) {
                var wire = new Wire(port);
                connections.add(wire);
                assertThat(wire.send(GET).head().status()).isEqualTo(200);
            }

            var before = scrape.sum("upstream_failures_total", "reason=\"pool_exhausted\"");
            var response = Wire.get(port, "/api/movie");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("retry-after")).isEqualTo("1");
            assertThat(scrape.sum("upstream_failures_total", "reason=\"pool_exhausted\""))
                    .isEqualTo(before + 1);
            assertThat(Wire.get(port, "/api/movie/1").status())
                    .as("a short response, while all streams are in use")
                    .isEqualTo(200);
        } finally {
            for (var wire : connections) {
                wire.close();
            }
        }
    }

    @Test
    void problemsOfTheUpstreamAreForwardedUnchanged() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.status(503)
                .header("Content-Type", "application/problem+json")
                .header("Retry-After", "7")
                .sendString(Mono.just("{\"type\":\"/problems/database-unavailable\"}")));

        var response = Wire.get(port, "/api/movie");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("retry-after")).isEqualTo("7");
        assertThat(response.body()).isEqualTo("{\"type\":\"/problems/database-unavailable\"}");
    }

    private static Mono<Void> close(Object response) {
        return FutureMono.deferFuture(() -> ((Connection) response).channel().close());
    }

    /** Writes these characters without the HTTP codec, and closes the connection. */
    private static Mono<Void> writeRaw(Object response, String characters) {
        var wire = ((Connection) response).channel().pipeline().firstContext();
        var bytes = Unpooled.copiedBuffer(characters, StandardCharsets.US_ASCII);
        return FutureMono.deferFuture(() -> wire.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE))
                .then(Mono.never());
    }
}
