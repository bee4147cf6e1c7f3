package kinoteka.catalog.changes;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.Disposable;

/** An open stream of {@code /api/changes}, and everything that was received from it so far. */
public final class EventStream implements AutoCloseable {

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final Deque<ServerSentEvent<String>> received = new ConcurrentLinkedDeque<>();
    private final HttpHeaders headers;
    private final Disposable subscription;
    private volatile boolean ended;

    private EventStream(Object port, String query, Consumer<HttpHeaders> request) {
        var response = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .build()
                .get()
                .uri("/api/changes" + query)
                .headers(request)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {});
        this.headers = response.getResponseHeaders();
        this.subscription =
                response.getResponseBody().doOnTerminate(() -> ended = true).subscribe(received::add, failure -> {});
    }

    /** Opens a stream as a client of its own: at an address that no other stream has. */
    public static EventStream open(Object port) {
        return open(port, "");
    }

    static EventStream open(Object port, String query) {
        return open(port, query, headers -> {});
    }

    static EventStream resume(Object port, String lastEventId) {
        return open(port, "", headers -> headers.set("Last-Event-ID", lastEventId));
    }

    static EventStream open(Object port, String query, Consumer<HttpHeaders> headers) {
        var client = CLIENTS.incrementAndGet();
        Consumer<HttpHeaders> address =
                all -> all.set("X-Forwarded-For", "10.0.%d.%d".formatted(client / 256, client % 256));
        return new EventStream(port, query, address.andThen(headers));
    }

    /** Opens a stream as the client that these headers alone make it. */
    static EventStream openAs(Consumer<HttpHeaders> client, Object port) {
        return new EventStream(port, "", client);
    }

    /** Waits until such an event was received. */
    public EventStream awaitEvent(Predicate<ServerSentEvent<String>> expected) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> received.reversed().stream().anyMatch(expected));
        return this;
    }

    public EventStream awaitEvent(String event) {
        return awaitEvent(one -> event.equals(one.event()));
    }

    public EventStream awaitData(String data) {
        return awaitEvent(one -> data.equals(one.data()));
    }

    /** Waits until the service ends the stream. */
    void awaitEnd() {
        await().atMost(Duration.ofSeconds(20)).until(() -> ended);
    }

    HttpHeaders headers() {
        return headers;
    }

    /** Everything that was received, including heartbeats and comments. */
    Deque<ServerSentEvent<String>> received() {
        return received;
    }

    /** Events with their data, without heartbeats and comments. */
    public List<String> events() {
        return received.stream()
                .filter(one -> one.event() != null)
                .map(one -> one.event() + " " + one.data())
                .toList();
    }

    /** The id of the first event with this data. */
    String idOf(String data) {
        return received.stream()
                .filter(one -> data.equals(one.data()))
                .map(one -> String.valueOf(one.id()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        subscription.dispose();
    }
}
