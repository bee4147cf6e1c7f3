package kinoteka.gateway.batching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.ImpatientClients;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/** All requests arrive over one HTTP/2 connection, and so on one event loop. The first call is in progress until the test ends it. */
@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.batching.enabled=true",
            "kinoteka.gateway.batching.max-size=" + BatchingIT.MAX_SIZE,
            "kinoteka.gateway.batching.max-in-flight=1",
            "kinoteka.gateway.batching.max-wait=1s",
            "kinoteka.gateway.upstream.response-time-limit=10s",
            "kinoteka.gateway.cache.enabled=false",
        })
class BatchingIT {

    static final int MAX_SIZE = 4;
    private static final long ABSENT = 9;

    private final ConnectionProvider connections = ConnectionProvider.create("one", 1);
    private final HttpClient client;
    private final int port;
    private final Scrape scrape;
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final Sinks.Empty<Void> first = Sinks.empty();

    BatchingIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.client = HttpClient.create(connections).protocol(HttpProtocol.H2C).baseUrl("http://localhost:" + port);
        this.scrape = new Scrape(operatorsPort);
    }

    @BeforeEach
    void answer() {
        Upstream.SHARED.answers(this::answer);
    }

    @AfterEach
    void disconnect() {
        connections.dispose();
    }

    @Test
    void aLoneReadIsSentAsItIs() {
        first.tryEmitEmpty();

        assertThat(get(1).join().body()).isEqualTo("film 1");
        assertThat(get(2).join().body()).isEqualTo("film 2");

        assertThat(received).containsExactly("/api/movie/1", "/api/movie/2");
    }

    @Test
    void readsThatArriveMeanwhileAreSentTogether() throws Exception {
        var reads = readDuringTheFirstCall(2, 3, 2);

        first.tryEmitEmpty();

        assertThat(bodies(reads)).containsExactly("film 1", "film 2", "film 3", "film 2");
        assertThat(received).containsExactly("/api/movie/1", "/batch/movie?ids=2,3");
        var response = reads.get(1).join();
        assertThat(response.headers().get("etag")).isEqualTo("\"2\"");
        assertThat(response.headers().get("content-type")).isEqualTo("application/json");
        assertThat(response.headers().getAll("vary")).contains("Accept");
        assertThat(response.headers().names()).doesNotContain("gateway-read");
    }

    @Test
    void asManyAsThereMayBeAreSentAtOnce() throws Exception {
        var reads = readDuringTheFirstCall(2, 3, 4, 5, 6);

        assertThat(bodies(reads.subList(1, 5))).containsExactly("film 2", "film 3", "film 4", "film 5");
        assertThat(received).containsExactly("/api/movie/1", "/batch/movie?ids=2,3,4,5");

        first.tryEmitEmpty();
        assertThat(reads.getFirst().join().status()).isEqualTo(200);
        assertThat(reads.getLast().join().body()).isEqualTo("film 6");
    }

    @Test
    void noReadWaitsLongerThanALimit() throws Exception {
        var reads = readDuringTheFirstCall(2, 3);

        assertThat(bodies(reads.subList(1, 3))).containsExactly("film 2", "film 3");

        first.tryEmitEmpty();
        assertThat(reads.getFirst().join().status()).isEqualTo(200);
    }

    @Test
    void whatDoesNotExistIsReadAlone() throws Exception {
        var reads = readDuringTheFirstCall(2, ABSENT);

        first.tryEmitEmpty();

        assertThat(reads.get(1).join().status()).isEqualTo(200);
        var missing = reads.get(2).join();
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("no film 9");
        assertThat(received).endsWith("/batch/movie?ids=2,9", "/api/movie/9");
    }

    @Test
    void aClientThatHasTheFilmGetsNoBody() throws Exception {
        var reads = new ArrayList<>(readDuringTheFirstCall(2));
        reads.add(get("/api/movie/3", "If-None-Match", "\"other\", W/\"3\""));
        awaitWaiting(2);

        first.tryEmitEmpty();

        assertThat(reads.get(1).join().status()).isEqualTo(200);
        assertThat(reads.get(2).join().status()).isEqualTo(304);
        assertThat(reads.get(2).join().headers().get("etag")).isEqualTo("\"3\"");
        assertThat(received).contains("/batch/movie?ids=2,3");
    }

    @Test
    void aClientThatLeavesDoesNotAffectTheOthers() throws Exception {
        var reads = readDuringTheFirstCall(2, 3);
        reads.get(1).request().dispose();
        awaitWaiting(1);

        first.tryEmitEmpty();

        assertThat(reads.get(2).join().body()).isEqualTo("film 3");
        assertThat(received).doesNotContain("/batch/movie?ids=2,3");
    }

    @Test
    void whenACallFailsItsReadsAreRetriedAlone() throws Exception {
        var reads = readDuringTheFirstCall(500, 2);

        first.tryEmitEmpty();

        assertThat(reads.get(1).join().body()).isEqualTo("film 500");
        assertThat(reads.get(2).join().body()).isEqualTo("film 2");
        assertThat(received).contains("/batch/movie?ids=500,2", "/api/movie/500", "/api/movie/2");
    }

    /** Each read alone would only be one more request to a catalogue that is in trouble. */
    @Test
    void whenTheCatalogueIsUnavailableItsReadsAreNotRetried() throws Exception {
        var reads = readDuringTheFirstCall(503, 2);

        first.tryEmitEmpty();

        assertThat(reads.get(1).join().status()).isEqualTo(503);
        assertThat(reads.get(1).join().body()).startsWith("{\"instance\":\"/api/movie/503\",\"trace_id\":\"");
        assertThat(reads.get(2).join().status()).isEqualTo(503);
        assertThat(reads.get(2).join().body()).startsWith("{\"instance\":\"/api/movie/2\",\"trace_id\":\"");
        assertThat(received).containsExactly("/api/movie/1", "/batch/movie?ids=503,2");
    }

    /** A rolling upgrade may begin with the gateways. */
    @Test
    void aCatalogueThatDoesNotKnowTheCallGetsEachReadAlone() throws Exception {
        var reads = readDuringTheFirstCall(404, 2);

        first.tryEmitEmpty();

        assertThat(bodies(reads)).containsExactly("film 1", "film 404", "film 2");
        assertThat(received).contains("/batch/movie?ids=404,2", "/api/movie/404", "/api/movie/2");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/movie/2?include=staff, X-Nothing, ''",
        "/api/movie/2, Authorization, Bearer a",
        "/api/movie/2, Accept, application/x-ndjson",
        "/api/movie/2, If-None-Match, malformed",
        "/api/movie/2, traceparent, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    })
    void readsThatNeedMoreThanTheResourceAreSentAlone(String target, String header, String value) throws Exception {
        var reads = readDuringTheFirstCall(3);

        assertThat(get(target, header, value).join().status()).isEqualTo(200);

        first.tryEmitEmpty();
        assertThat(bodies(reads)).containsExactly("film 1", "film 3");
        assertThat(received).startsWith("/api/movie/1", target);
    }

    /** A guard against a regression that costs calls: with four reads in each, 250 are the fewest. */
    @Test
    void aThousandReadsNeedFewCalls() {
        Upstream.SHARED.answers(
                (request, response) -> Mono.delay(Duration.ofMillis(5)).thenMany(answer(request, response)));
        first.tryEmitEmpty();

        var statuses = Flux.range(1, 1000)
                .flatMap(id -> Mono.fromFuture(get(1 + id % 8).response()), 2 * MAX_SIZE)
                .map(Response::status)
                .collectList()
                .block(Duration.ofSeconds(30));

        assertThat(statuses).hasSize(1000).containsOnly(200);
        assertThat(received).hasSizeLessThan(400);
    }

    @Test
    void clientsThatLeaveAtAnyTimeLeaveNothing() throws Exception {
        var arrived = Mono.delay(Duration.ofMillis(10));
        Upstream.SHARED.answers((request, response) -> arrived.thenMany(answer(request, response)));
        first.tryEmitEmpty();
        var requests = LongStream.rangeClosed(1, ABSENT)
                .mapToObj(id -> "GET /api/movie/" + id + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .toList();

        new ImpatientClients(port, List.of("127.0.0.1"), requests, Duration.ofMillis(30)).comeAndGo(600);

        scrape.awaitSum(0, "batching_waiting");
        scrape.awaitSum(0, "batching_calls_in_flight");
        assertThat(received).anyMatch(uri -> uri.startsWith("/batch/movie?ids="));
    }

    @Test
    void clientsCannotReadSeveral() {
        first.tryEmitEmpty();

        assertThat(get("/batch/movie?ids=1,2").join().status()).isEqualTo(404);
        assertThat(received).isEmpty();
    }

    /** Sends a read of film 1, which is in progress until {@link #first} ends, and then reads of the others, which have arrived. */
    private List<Pending> readDuringTheFirstCall(long... others) throws Exception {
        var reads = new ArrayList<Pending>();
        reads.add(get(1));
        await().until(() -> !received.isEmpty());
        for (var id : others) {
            reads.add(get(id));
        }
        awaitWaiting(others.length);
        return reads;
    }

    private void awaitWaiting(int reads) {
        await().until(() -> scrape.sum("batching_waiting") == reads % MAX_SIZE);
    }

    private static Stream<String> bodies(List<Pending> reads) {
        return reads.stream().map(read -> read.join().body());
    }

    private Pending get(long id) {
        return get("/api/movie/" + id);
    }

    /** Sends a request with headers, of which each name is followed by its value. */
    private Pending get(String target, String... headers) {
        var response = new CompletableFuture<Response>();
        var request = client.headers(all -> {
                    for (var i = 0; i < headers.length; i += 2) {
                        all.set(headers[i], headers[i + 1]);
                    }
                })
                .get()
                .uri(target)
                .responseSingle((head, body) -> body.asString()
                        .defaultIfEmpty("")
                        .map(text -> new Response(head.status().code(), head.responseHeaders(), text)))
                .subscribe(response::complete, response::completeExceptionally);
        return new Pending(request, response);
    }

    private record Pending(Disposable request, CompletableFuture<Response> response) {

        Response join() {
            return response.join();
        }
    }

    private record Response(int status, HttpHeaders headers, String body) {}

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        received.add(request.uri());
        if (request.uri().startsWith("/batch/")) {
            return answerSeveral(request, response);
        }
        var id = request.uri().replaceAll("\\D", "");
        var body = Mono.just(id.equals(String.valueOf(ABSENT)) ? "no film " + id : "film " + id);
        return response.status(id.equals(String.valueOf(ABSENT)) ? 404 : 200)
                .sendString(id.equals("1") ? first.asMono().then(body) : body);
    }

    private static Publisher<Void> answerSeveral(HttpServerRequest request, HttpServerResponse response) {
        assertThat(request.requestHeaders().get("Gateway-Credential")).isEqualTo("own " + GatewayTest.CREDENTIAL);
        var ids = Stream.of(request.uri().replaceAll(".*=", "").split(",", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        if (ids[0] >= 400) {
            return response.status((int) ids[0]).sendString(Mono.just("{\"instance\":\"/batch/movie\"}"));
        }
        var body = ByteBuffer.allocate(1024);
        LongStream.of(ids).filter(id -> id != ABSENT).forEach(id -> {
            var etag = ("\"" + id + "\"").getBytes(UTF_8);
            var json = ("film " + id).getBytes(UTF_8);
            body.putLong(id)
                    .putShort((short) etag.length)
                    .put(etag)
                    .putInt(json.length)
                    .put(json);
        });
        var bytes = new byte[body.flip().remaining()];
        body.get(bytes);
        return response.header("Gateway-Read", "primary")
                .header("Vary", "Accept")
                .sendByteArray(Mono.just(bytes));
    }
}
