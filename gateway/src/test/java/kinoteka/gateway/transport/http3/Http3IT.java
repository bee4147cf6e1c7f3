package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http3Wire;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import kinoteka.gateway.tls.TlsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.Http3SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

@GatewayTest
class Http3IT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int httpPort;
    private final int httpsPort;
    private final int port;
    private final Scrape scrape;

    Http3IT(
            @LocalServerPort int httpPort,
            @Autowired TlsServer https,
            @Autowired Http3Port http3,
            @LocalManagementPort int operatorsPort) {
        this.httpPort = httpPort;
        this.httpsPort = https.port();
        this.port = http3.get();
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "localhost");
        registry.add("kinoteka.gateway.http3.enabled", () -> true);
        registry.add("kinoteka.gateway.request.header-deadline", () -> "1m");
    }

    @Test
    void servesTheUdpPortWithTheNumberOfTheHttpsPort() {
        assertThat(port).isEqualTo(httpsPort);
        var response = client().get()
                .uri("/api/movie/1")
                .responseSingle((head, body) -> body.asString()
                        .map(text -> head.version() + " " + head.status().code() + " " + text + " "
                                + head.responseHeaders().contains("Date")))
                .block(PATIENCE);

        assertThat(response).isEqualTo("HTTP/3.0 200 GET /api/movie/1 true");
    }

    @Test
    void tellsTheUpstreamWhoTheClientIs() {
        var received = new CompletableFuture<String>();
        Upstream.SHARED.answers((request, response) -> {
            var headers = request.requestHeaders();
            received.complete(headers.get("X-Forwarded-For") + " " + headers.get("X-Forwarded-Proto") + " "
                    + headers.get("X-Forwarded-Host"));
            return response.send();
        });

        client().get().uri("/api/movie/1").response().block(PATIENCE);

        assertThat(received.join()).isEqualTo("127.0.0.1 https localhost:" + port);
    }

    @Test
    void passesBodiesOnWithAndWithoutTheirLength() {
        assertThat(post(ByteBufFlux.fromString(Mono.just("{\"a\":1}")))).isEqualTo("200 POST /api/session {\"a\":1}");
        assertThat(post(ByteBufFlux.fromString(Flux.just("{\"a\":", "1}"))))
                .isEqualTo("200 POST /api/session {\"a\":1}");
    }

    @Test
    void limitsTheSizeOfABody() {
        assertThat(post(ByteBufFlux.fromString(Flux.just("x".repeat(60_000), "x".repeat(60_000)))))
                .startsWith("413 ")
                .contains("/problems/body-too-large");
    }

    @Test
    void countsRequestsWithTheLabelsOfOtherVersions() throws Exception {
        var labels = new String[] {"host=\"localhost\"", "status=\"404\"", "method=\"GET\"", "endpoint=\"other\""};
        var before = scrape.sum("requests_total", labels);
        try (var wire = new Http3Wire(port)) {
            assertThat(wire.get("/nothing").response()).startsWith("404 ").contains("/problems/route-unknown");
        }
        scrape.awaitSum(before + 1, "requests_total", labels);
    }

    @Test
    void onlyResponsesOverTcpWithTlsTellOfHttp3() throws IOException {
        assertThat(altSvc(Wire.tls(httpsPort))).isEqualTo("h3=\":" + port + "\"; ma=3600");
        assertThat(altSvc(new Wire(httpPort))).isEmpty();
        var overHttp3 = client().get()
                .uri("/ping")
                .response()
                .map(head -> head.responseHeaders().contains("Alt-Svc"))
                .block(PATIENCE);
        assertThat(overHttp3).isFalse();
    }

    private static String altSvc(Wire connection) throws IOException {
        try (connection) {
            return connection
                    .send("GET /ping HTTP/1.1\r\nHost: a\r\n\r\n")
                    .answer()
                    .header("alt-svc");
        }
    }

    @Test
    void streamsALongList() {
        var row = "{\"id\":1}\n".repeat(1000);
        Upstream.SHARED.answers((request, response) -> response.header("Content-Type", "application/x-ndjson")
                .sendString(Flux.range(0, 300).map(i -> row)));

        var length = client().get()
                .uri("/api/movie")
                .responseContent()
                .map(buffer -> (long) buffer.readableBytes())
                .reduce(Long::sum)
                .block(PATIENCE);

        assertThat(length).isEqualTo(300L * row.length());
    }

    /** Netty would end the stream as if the response were complete. */
    @Test
    void aResponseThatIsCutOffIsReset() throws Exception {
        Upstream.SHARED.answers((request, response) -> response.header("Content-Type", "application/x-ndjson")
                .sendString(Flux.just("{}\n")
                        .concatWith(Mono.delay(Duration.ofMillis(200))
                                .then(Mono.error(new IOException("the upstream dies"))))));
        try (var wire = new Http3Wire(port)) {
            var stream = wire.get("/api/movie");
            assertThat(stream.next()).isEqualTo("200");
            assertThat(stream.next()).isEqualTo("data {}\n");
            assertThat(stream.next()).isEqualTo("reset");
        }
    }

    @Test
    void aClientThatCancelsIsCountedAndLeavesNothingBehind() throws Exception {
        var before = scrape.sum("requests_total", "status=\"499\"");
        var stalled = scrape.sum("client_connection_errors_total", "error=\"write_timeout\"");
        Upstream.SHARED.answers((request, response) -> response.header("Content-Type", "application/x-ndjson")
                .sendString(Flux.interval(Duration.ofMillis(20))
                        .onBackpressureDrop()
                        .map(tick -> "{}\n")));
        try (var wire = new Http3Wire(port)) {
            var cancelled = wire.get("/api/movie");
            assertThat(cancelled.next()).isEqualTo("200");
            cancelled.cancel();
            scrape.awaitSum(before + 1, "requests_total", "status=\"499\"");
            assertThat(scrape.sum("client_connection_errors_total", "error=\"write_timeout\""))
                    .isEqualTo(stalled);
            var left = wire.get("/api/movie");
            assertThat(left.next()).isEqualTo("200");
        }
        scrape.awaitSum(before + 2, "requests_total", "status=\"499\"");
        scrape.awaitSum(0, "upstream_connections_active", "pool=\"streams\"");
        Awaitility.await().atMost(PATIENCE).until(() -> scrape.sum("client_connections") == 0);
    }

    @Test
    void aRequestWithoutAValidAuthorityIsRejectedAndTheConnectionStays() throws Exception {
        try (var wire = new Http3Wire(port)) {
            assertThat(wire.open()
                            .headers("GET", "/api/movie/1", ":authority", "a:b")
                            .end()
                            .response())
                    .startsWith("400 ")
                    .contains("/problems/request-malformed");
            assertThat(wire.open().headers("GET", "//", ":authority", "a").end().response())
                    .startsWith("400 ");
            assertThat(wire.get("/ping").response()).isEqualTo("200 pong");
        }
    }

    @Test
    void aMalformedRequestEndsItsStreamOnly() throws Exception {
        var before = scrape.sum("client_connection_errors_total", "error=\"http3_stream\"");
        var counted = scrape.sum("requests_total", "status=\"400\"", "endpoint=\"other\"");
        try (var wire = new Http3Wire(port)) {
            assertThat(wire.open().headers("GET", "/ping", "UPPER", "a").end().next())
                    .isEqualTo("reset");
            scrape.awaitSum(before + 1, "client_connection_errors_total", "error=\"http3_stream\"");
            scrape.awaitSum(counted + 1, "requests_total", "status=\"400\"", "endpoint=\"other\"");
            assertThat(wire.get("/ping").response()).isEqualTo("200 pong");
        }
    }

    @Test
    void aGetHasNoBody() throws Exception {
        try (var wire = new Http3Wire(port)) {
            assertThat(wire.open()
                            .headers("GET", "/api/movie/1", "content-length", "1")
                            .data("x")
                            .end()
                            .response())
                    .startsWith("400 ")
                    .contains("/problems/body-not-allowed");
            assertThat(wire.open()
                            .headers("GET", "/api/movie/1")
                            .data("discarded")
                            .end()
                            .response())
                    .isEqualTo("200 GET /api/movie/1");
        }
    }

    /** The gateway has the whole response sent before the client has sent its request. */
    @Test
    void aClientThatSendsABodyInVainReadsTheResponse() throws Exception {
        try (var wire = new Http3Wire(port)) {
            var stream = wire.open().headers("POST", "/ping").data("x".repeat(50_000));
            assertThat(stream.next()).isEqualTo("405");
            assertThat(stream.next()).contains("/problems/method-not-allowed");
            assertThat(stream.next()).isEqualTo("end");
        }
    }

    @Test
    void tooLargeHeadersAreRejected() throws Exception {
        var rejected = scrape.sum("requests_total", "status=\"431\"");
        try (var wire = new Http3Wire(port)) {
            assertThat(wire.open()
                            .headers("GET", "/ping", "x-large", "a".repeat(20_000))
                            .end()
                            .response())
                    .startsWith("431 ")
                    .contains("/problems/headers-too-large");
            assertThat(wire.open()
                            .headers("GET", "/ping?" + "a".repeat(20_000))
                            .end()
                            .response())
                    .startsWith("431 ");
            assertThat(wire.get("/ping").response()).isEqualTo("200 pong");
        }
        scrape.awaitSum(rejected + 2, "requests_total", "status=\"431\"");
    }

    @Test
    void headersThatAreNotEvenDecodedEndTheConnection() throws Exception {
        var before = scrape.sum("client_connection_errors_total", "error=\"http3_connection\"");
        try (var wire = new Http3Wire(port)) {
            wire.open().headers("GET", "/ping", "x-large", "a".repeat(120_000)).end();
            assertThat(wire.next()).isEqualTo("closed 107");
        }
        scrape.awaitSum(before + 1, "client_connection_errors_total", "error=\"http3_connection\"");
    }

    @Test
    void closesAConnectionOnWhichTooManyRequestsAreCancelled() throws Exception {
        try (var wire = new Http3Wire(port)) {
            for (int i = 0; i < 201; i++) {
                await().until(wire::canOpen);
                wire.open().raw((byte) 1, (byte) 40, (byte) 0).cancel();
            }
            assertThat(wire.next()).isEqualTo("closed 107");
        }
    }

    @Test
    void usesARenewedCertificateForNewConnections() throws Exception {
        try (var old = new Http3Wire(port)) {
            assertThat(old.get("/ping").response()).isEqualTo("200 pong");
            FOLDER.holds(CertificateFolder.certificateOf("renewed"));
            awaitSubject("CN=renewed");
            assertThat(old.get("/ping").response()).isEqualTo("200 pong");
        }
    }

    private void awaitSubject(String subject) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            try (var wire = new Http3Wire(port)) {
                return wire.subject().equals(subject);
            }
        });
    }

    private String post(ByteBufFlux body) {
        var response = client().post()
                .uri("/api/session")
                .send(body)
                .responseSingle((head, content) -> content.asString(StandardCharsets.UTF_8)
                        .map(text -> head.status().code() + " " + text))
                .block(PATIENCE);
        return Objects.requireNonNull(response, "response");
    }

    private HttpClient client() {
        var context = Http3SslContextSpec.forClient()
                .configure(tls -> tls.trustManager(InsecureTrustManagerFactory.INSTANCE));
        return HttpClient.newConnection()
                .protocol(HttpProtocol.HTTP3)
                .baseUrl("https://localhost:" + port)
                .remoteAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .secure(spec -> spec.sslContext(context))
                .http3Settings(
                        spec -> spec.idleTimeout(PATIENCE).maxData(1_000_000).maxStreamDataBidirectionalLocal(100_000));
    }
}
