package kinoteka.gateway.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.compression.codec.Decompress;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.upstream.streams.max-connections=200",
            "kinoteka.gateway.upstream.streams.pending-acquire-max=400"
        })
class CompressionIT {

    private static final String FILM = "{\"title\":\"" + "A long film. ".repeat(200) + "\"}";
    private static final String TAG = "\"version.hash\"";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Scrape scrape;

    CompressionIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void aLongResponseIsCompressedAsTheClientAccepts(String coding) throws Exception {
        film(FILM);
        var before = scrape.sum("compression_input_bytes_total", "encoding=\"" + coding + "\"");

        var response = get("/api/movie/1", "Accept-Encoding", coding);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-encoding")).isEqualTo(coding);
        assertThat(response.headers().allValues("vary")).containsExactly("Accept", "Accept-Encoding");
        assertThat(header(response, "etag")).isEqualTo("\"version.hash+" + coding + "\"");
        assertThat(header(response, "content-length")).isEqualTo(Integer.toString(response.body().length));
        assertThat(response.body().length).isLessThan(FILM.length() / 4);
        assertThat(text(response)).isEqualTo(FILM);
        scrape.awaitSum(before + FILM.length(), "compression_input_bytes_total", "encoding=\"" + coding + "\"");
    }

    @Test
    void ofSeveralCodingsTheConfiguredOrderDecides() throws Exception {
        film(FILM);
        assertThat(header(get("/api/movie/1", "Accept-Encoding", "gzip, deflate, br, zstd"), "content-encoding"))
                .isEqualTo("zstd");
        assertThat(header(get("/api/movie/1", "Accept-Encoding", "gzip, zstd;q=0.5"), "content-encoding"))
                .isEqualTo("gzip");
    }

    @ParameterizedTest
    @CsvSource({"deflate", "identity", "'gzip;q=0, identity'"})
    void aResponseThatVariesSaysSoEvenIfItIsNotCompressed(String accept) throws Exception {
        film(FILM);
        assertPlain(get("/api/movie/1", "Accept-Encoding", accept), FILM);
    }

    @Test
    void aShortResponseIsNotCompressedUnlessTheClientExcludesThat() throws Exception {
        film("{}");
        assertPlain(get("/api/movie/1", "Accept-Encoding", "gzip"), "{}");
        assertThat(header(get("/api/movie/1", "Accept-Encoding", "gzip, identity;q=0"), "content-encoding"))
                .isEqualTo("gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "Cookie"})
    void aPersonalResponseIsNotCompressed(String header) throws Exception {
        film(FILM);
        assertPlain(get("/api/movie/1", "Accept-Encoding", "gzip", header, "secret"), FILM);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type, text/event-stream",
        "Content-Type, image/png",
        "Content-Encoding, deflate",
        "Cache-Control, 'max-age=60, no-transform'",
    })
    void aResponseThatMustNotChangeIsNotCompressed(String name, String value) throws Exception {
        Upstream.SHARED.answers((request, response) -> response.header("Content-Type", "application/json")
                .header(name, value)
                .sendString(Mono.just(FILM)));

        var response = get("/api/movie/1", "Accept-Encoding", "gzip");

        assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo(FILM);
        assertThat(response.headers().firstValue("vary")).isEmpty();
    }

    @Test
    void theHeadersOfHeadAreThoseOfGet() throws Exception {
        film(FILM);
        for (var accept : new String[] {"gzip", "identity"}) {
            var get = get("/api/movie/1", "Accept-Encoding", accept);
            var head = send(request("/api/movie/1", "Accept-Encoding", accept).HEAD());

            for (var name : new String[] {"content-encoding", "etag", "content-type"}) {
                assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
            }
            assertThat(head.headers().allValues("vary")).isEqualTo(get.headers().allValues("vary"));
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void thePagesOfTheGatewayAreCompressedToo() throws Exception {
        assertThat(text(get("/", "Accept-Encoding", "br"))).contains("/api/movie");
    }

    /** The catalogue accepts in If-Match only what it has sent as ETag. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void aClientThatReadACompressedResponseCanWriteIfItMatches(String coding) throws Exception {
        film(FILM);
        var tag = header(get("/api/movie/1", "Accept-Encoding", coding), "etag");
        var conditions = new ConcurrentLinkedQueue<String>();
        Upstream.SHARED.answers((request, response) -> {
            conditions.addAll(request.requestHeaders().getAll("If-Match"));
            return response.status(204).send();
        });

        var written = send(request("/api/movie/1", "If-Match", tag, "Accept-Encoding", "identity", "Authorization", "a")
                .PUT(BodyPublishers.ofString("{}")));

        assertThat(written.statusCode()).isEqualTo(204);
        assertThat(conditions).containsExactly(TAG);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip,     '\"version.hash+gzip\"',                  304, '\"version.hash+gzip\"'",
        "gzip,     '\"version.hash\", \"version.hash+gzip\"', 304, '\"version.hash+gzip\"'",
        "gzip,     'W/\"version.hash+gzip\"',                304, '\"version.hash+gzip\"'",
        "gzip,     '\"version.hash\"',                       304, '\"version.hash\"'",
        "identity, '\"version.hash\"',                       304, '\"version.hash\"'",
        "gzip,     '\"version.hash+br\"',                    200, '\"version.hash+gzip\"'",
        "identity, '\"version.hash+gzip\"',                  200, '\"version.hash\"'",
        "gzip,     '\"older+gzip\"',                         200, '\"version.hash+gzip\"'",
    })
    void aClientIsToldIfItHasTheResponseInThisCoding(String accept, String condition, int status, String tag)
            throws Exception {
        film(FILM);
        var response = get("/api/movie/1", "Accept-Encoding", accept, "If-None-Match", condition);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "etag")).isEqualTo(tag);
        assertThat(response.headers().allValues("vary")).contains("Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void theFirstRowsOfAListArriveBeforeItsLast(String coding) throws Exception {
        var rows = Sinks.many().unicast().<String>onBackpressureBuffer();
        Upstream.SHARED.answers((request, response) -> response.header("Content-Type", "application/x-ndjson")
                .sendString(rows.asFlux(), StandardCharsets.UTF_8));
        rows.tryEmitNext("{\"id\":1}\n");

        var response =
                client.send(request("/api/movie", "Accept-Encoding", coding).build(), BodyHandlers.ofInputStream());
        try (var body = Decompress.stream(coding, response.body())) {
            assertThat(body.readNBytes(9)).asString().isEqualTo("{\"id\":1}\n");
            rows.tryEmitNext("{\"id\":2}\n");
            assertThat(body.readNBytes(9)).asString().isEqualTo("{\"id\":2}\n");
            rows.tryEmitComplete();
            assertThat(body.readAllBytes()).isEmpty();
        }
        scrape.awaitSum(0, "compressors");
    }

    @Test
    void aClientThatDoesNotReadStopsTheUpstream() throws Exception {
        var sent = new AtomicLong();
        var random = new Random(3);
        Upstream.SHARED.answers((request, response) -> response.header("Content-Type", "application/x-ndjson")
                .sendByteArray(Flux.<byte[]>generate(sink -> sink.next(row(random)))
                        .doOnNext(bytes -> sent.addAndGet(bytes.length))
                        .take(4 * 1024)));
        try (var wire = Wire.withReceiveBuffer(port, 4096)) {
            wire.send("GET /api/movie HTTP/1.1\r\nHost: a\r\nAccept-Encoding: zstd\r\n\r\n");
            assertThat(wire.head().header("content-encoding")).isEqualTo("zstd");
            var last = new AtomicLong(-1);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> last.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(64L * 1024 * 1024); // of 256 MB
        }
        scrape.awaitSum(0, "compressors");
    }

    @Test
    void clientsThatLeaveAtAnyMomentLeaveNothingBehind() throws Exception {
        var row = row(new Random(3));
        Upstream.SHARED.answers((request, response) -> response.header("Content-Type", "application/x-ndjson")
                .sendByteArray(
                        Flux.interval(Duration.ofMillis(2)).onBackpressureDrop().map(tick -> row)));
        var random = new Random(7);
        var codings = new String[] {"gzip", "br", "zstd"};
        for (int round = 0; round < 5; round++) {
            var clients = new Wire[60];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = new Wire(port);
                clients[i].send(
                        "GET /api/movie HTTP/1.1\r\nHost: a\r\nAccept-Encoding: " + codings[i % 3] + "\r\n\r\n");
            }
            for (var wire : clients) {
                if (random.nextBoolean()) {
                    wire.head();
                    wire.reset();
                } else {
                    wire.disconnect();
                }
            }
        }
        scrape.awaitSum(0, "compressors");
        scrape.awaitSum(0, "upstream_connections_active", "pool=\"streams\"");
    }

    private static void film(String json) {
        Upstream.SHARED.answers((request, response) -> {
            response.header("Content-Type", "application/json")
                    .header("ETag", TAG)
                    .header("Vary", "Accept");
            var isKnown =
                    request.requestHeaders().getAll("If-None-Match").stream().anyMatch(tags -> tags.contains(TAG));
            return isKnown
                    ? response.status(304).send()
                    : response.header("Content-Length", Integer.toString(json.length()))
                            .sendString(Mono.just(json));
        });
    }

    /** 64 KiB, half of which remain when they are compressed. */
    private static byte[] row(Random random) {
        var row = new byte[64 * 1024];
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) ('a' + random.nextInt(16));
        }
        return row;
    }

    private void assertPlain(HttpResponse<byte[]> response, String body) {
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo(body);
        assertThat(header(response, "etag")).isEqualTo(TAG);
        assertThat(response.headers().allValues("vary")).containsExactly("Accept", "Accept-Encoding");
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        return send(request(path, headers));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .headers(headers);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> response) throws IOException {
        try (InputStream body =
                Decompress.stream(header(response, "content-encoding"), new ByteArrayInputStream(response.body()))) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
