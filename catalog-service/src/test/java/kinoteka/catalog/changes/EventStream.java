package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.Disposable;

/** A client of {@code /api/changes} and all that it was told so far. */
final class Stream implements AutoCloseable {

    private final List<ServerSentEvent<String>> told = new CopyOnWriteArrayList<>();
    private final HttpHeaders headers;
    private final Disposable subscription;
    private volatile boolean ended;

    private Stream(String port, String query, @Nullable String lastEventId) {
        var answer = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .build()
                .get()
                .uri("/api/changes" + query)
                .headers(headers -> {
                    if (lastEventId != null) {
                        headers.set("Last-Event-ID", lastEventId);
                    }
                })
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {});
        this.headers = answer.getResponseHeaders();
        this.subscription =
                answer.getResponseBody().doOnTerminate(() -> ended = true).subscribe(told::add, failure -> {});
    }

    static Stream open(Object port) {
        return open(port, "");
    }

    static Stream open(Object port, String query) {
        return new Stream(port.toString(), query, null);
    }

    static Stream resume(Object port, String lastEventId) {
        return new Stream(port.toString(), "", lastEventId);
    }

    /** Waits until something like it was told. */
    Stream awaitEvent(Predicate<ServerSentEvent<String>> expected) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(told.reversed()).anyMatch(expected));
        return this;
    }

    Stream awaitEvent(String event) {
        return awaitEvent(one -> event.equals(one.event()));
    }

    Stream awaitData(String data) {
        return awaitEvent(one -> data.equals(one.data()));
    }

    /** Waits until the service ends the stream. */
    void awaitEnd() {
        await().atMost(Duration.ofSeconds(20)).until(() -> ended);
    }

    HttpHeaders headers() {
        return headers;
    }

    /** All that was told, heartbeats and comments included. */
    List<ServerSentEvent<String>> told() {
        return told;
    }

    /** Events with their data, without heartbeats and comments. */
    List<String> events() {
        return told.stream()
                .filter(one -> one.event() != null)
                .map(one -> one.event() + " " + one.data())
                .toList();
    }

    /** The id of the first event with this data. */
    String idOf(String data) {
        return told.stream()
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
