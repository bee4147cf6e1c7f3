package kinoteka.gateway.batching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Clients whose requests arrive over one HTTP/2 connection, and so on one event loop, and a catalogue whose response to the first read is in
 * progress until the test ends it.
 */
final class OneEventLoop implements AutoCloseable {

    static final long ABSENT = 9;

    /** A call whose first id this is breaks off in the middle of its response. */
    static final long BROKEN = 90;

    /** A film of {@link #LARGE_SIZE} characters, more than the catalogue or the gateway sends or receives in one piece. */
    static final long LARGE = 50;

    static final int LARGE_SIZE = 50_000;

    private static final long FIRST_STATUS = 400;

    private final ConnectionProvider connections = ConnectionProvider.create("one", 1);
    private final HttpClient client;
    private final Scrape scrape;
    private final int maxSize;
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final Sinks.Empty<Void> first = Sinks.empty();

    /**
     * Creates a client without a connection.
     *
     * @param maxSize the largest number of reads that the gateway combines
     */
    OneEventLoop(int port, Scrape scrape, int maxSize) {
        this.client = HttpClient.create(connections).protocol(HttpProtocol.H2C).baseUrl("http://localhost:" + port);
        this.scrape = scrape;
        this.maxSize = maxSize;
    }

    @Override
    public void close() {
        connections.dispose();
    }

    /** What the catalogue was asked for. */
    Queue<String> received() {
        return received;
    }

    /** Ends the response to the read of film 1. */
    void endFirst() {
        first.tryEmitEmpty();
    }

    /** Sends a read of film 1, which is in progress until {@link #endFirst}, and then reads of the others, which have arrived. */
    List<Pending> readDuringTheFirstCall(long... others) throws Exception {
        var reads = new ArrayList<Pending>();
        reads.add(get(1));
        await().until(() -> !received.isEmpty());
        for (var id : others) {
            reads.add(get(id));
        }
        awaitWaiting(others.length);
        return reads;
    }

    /** Waits until so many reads wait for the next call, or on a slow machine have waited for so long that they were sent. */
    void awaitWaiting(int reads) {
        await().until(() -> scrape.sum("batching_waiting") == reads % maxSize || received.size() > 1);
    }

    static Stream<String> bodies(List<Pending> reads) {
        return reads.stream().map(read -> read.join().body());
    }

    Pending get(long id) {
        return get("/api/movie/" + id);
    }

    /** Sends a request with headers, of which each name is followed by its value. */
    Pending get(String target, String... headers) {
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

    record Pending(Disposable request, CompletableFuture<Response> response) {

        Response join() {
            return response.join();
        }
    }

    record Response(int status, HttpHeaders headers, String body) {}

    /** Responds as the catalogue. Films have no content but their id. To a call whose first id is a status, it responds with that status. */
    Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        received.add(request.uri());
        if (request.uri().startsWith("/batch/")) {
            return answerSeveral(request, response);
        }
        var id = request.uri().replaceAll("\\D", "");
        var body = Mono.just(id.equals(String.valueOf(ABSENT)) ? "no film " + id : film(Long.parseLong(id)));
        return response.status(id.equals(String.valueOf(ABSENT)) ? 404 : 200)
                .sendString(id.equals("1") ? first.asMono().then(body) : body);
    }

    /** The film with this id. */
    private static String film(long id) {
        var film = "film " + id;
        return id == LARGE ? film + ".".repeat(LARGE_SIZE - film.length()) : film;
    }

    private static Publisher<Void> answerSeveral(HttpServerRequest request, HttpServerResponse response) {
        assertThat(request.requestHeaders().get("Gateway-Credential")).isEqualTo("own " + GatewayTest.CREDENTIAL);
        var ids = Stream.of(request.uri().replaceAll(".*=", "").split(",", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        if (ids[0] >= FIRST_STATUS) {
            return response.status((int) ids[0]).sendString(Mono.just("{\"instance\":\"/batch/movie\"}"));
        }
        var body = ByteBuffer.allocate(1024 + LARGE_SIZE);
        LongStream.of(ids).filter(id -> id != ABSENT).forEach(id -> {
            var etag = ("\"" + id + "\"").getBytes(UTF_8);
            var json = film(id).getBytes(UTF_8);
            body.putLong(id)
                    .putShort((short) etag.length)
                    .put(etag)
                    .putInt(json.length)
                    .put(json);
        });
        var bytes = new byte[body.flip().remaining()];
        body.get(bytes);
        response.header("Gateway-Read", "primary")
                .header("Vary", "Accept")
                .header("Content-Type", "application/vnd.kinoteka.batch");
        return ids[0] == BROKEN ? breakOff(response, bytes) : response.sendByteArray(Mono.just(bytes));
    }

    private static Publisher<Void> breakOff(HttpServerResponse response, byte[] bytes) {
        return response.header("Content-Length", String.valueOf(bytes.length))
                .sendByteArray(Flux.just(Arrays.copyOf(bytes, bytes.length / 2))
                        .concatWith(Mono.error(new IOException("breaks off here"))));
    }
}
