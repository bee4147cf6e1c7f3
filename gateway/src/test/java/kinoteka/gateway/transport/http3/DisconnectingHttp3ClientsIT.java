package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http3Wire;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Clients of HTTP/3 that cancel, close their connection or vanish at a random moment leave nothing behind. */
@GatewayTest
class DisconnectingHttp3ClientsIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CLIENTS = 60;
    private static final int CONCURRENT = 8;
    private static final int LONGEST_STAY_MILLIS = 30;

    private final int port;
    private final Scrape scrape;

    DisconnectingHttp3ClientsIT(@Autowired Http3Port port, @LocalManagementPort int operatorsPort) {
        this.port = port.get();
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "localhost");
        registry.add("kinoteka.gateway.http3.enabled", () -> true);
        registry.add("server.netty.idle-timeout", () -> "2s"); // after which those who have vanished are noticed
    }

    @Test
    void disconnectedClientsOccupyNothing() throws Exception {
        var part = "x".repeat(10_000);
        Upstream.SHARED.answers((request, response) -> switch (request.uri()) {
            case "/api/movie/1" ->
                response.sendString(Mono.delay(Duration.ofMillis(5)).thenReturn("short"));
            case "/api/movie" ->
                response.sendString(
                        Flux.interval(Duration.ofMillis(5)).map(i -> part).take(20));
            default ->
                response.sendString(request.receive()
                        .map(ByteBuf::readableBytes)
                        .then(Mono.just(part))
                        .flux()
                        .repeat(50));
        });
        var left = scrape.sum("requests_total", "status=\"499\"");
        try (var clients = Executors.newFixedThreadPool(CONCURRENT)) {
            for (var done : clients.invokeAll(
                    IntStream.range(0, CLIENTS).mapToObj(this::comeAndGo).toList(), 2, TimeUnit.MINUTES)) {
                done.get();
            }
        }

        awaitZero("client_connections");
        for (var pool : List.of("requests", "streams")) {
            awaitZero("upstream_connections_active", "pool=\"" + pool + "\"");
            awaitZero("upstream_pending_requests", "pool=\"" + pool + "\"");
        }
        assertThat(scrape.sum("requests_total", "status=\"499\"")).isGreaterThan(left);
        assertThat(scrape.sum("client_connection_errors_total", "error=\"internal\""))
                .isZero();
        try (var wire = new Http3Wire(port)) {
            for (int i = 0; i < 2 * GatewayTest.MAX_CONNECTIONS; i++) {
                assertThat(wire.get("/api/movie/1").response()).isEqualTo("200 short");
                assertThat(wire.get("/api/movie").response()).hasSize("200 ".length() + 20 * part.length());
            }
        }
    }

    private Callable<Boolean> comeAndGo(int number) {
        var random = new Random(number);
        return () -> {
            try (var wire = new Http3Wire(port, 1 << (10 + number % 8))) {
                var streams = new ArrayList<Http3Wire.Stream>();
                for (int i = 0; i < 2; i++) {
                    streams.add(wire.get("/api/movie"));
                    streams.add(wire.get("/api/movie/1"));
                    streams.add(wire.open()
                            .headers("POST", "/api/session")
                            .data("{}")
                            .end());
                    streams.add(wire.open().headers("POST", "/api/session").data("{"));
                    streams.add(wire.open()
                            .headers("POST", "/api/session", "content-length", "90000")
                            .data("{"));
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_STAY_MILLIS));
                switch (number % 3) {
                    case 0 -> streams.forEach(Http3Wire.Stream::cancel);
                    case 1 -> wire.vanish();
                    default -> {} // closes the connection
                }
            } catch (ExecutionException closed) {
                // by the gateway, which may have rejected the request
            }
            return true;
        };
    }

    private void awaitZero(String metric, String... labels) {
        Awaitility.await(metric).atMost(PATIENCE).until(() -> scrape.sum(metric, labels) == 0);
    }
}
