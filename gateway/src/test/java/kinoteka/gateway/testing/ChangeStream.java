package kinoteka.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The stream of changes of an {@link Upstream}, to which the gateway listens. It says what the test says, and sends heartbeats. */
public final class ChangeStream {

    private static final Duration HEARTBEATS = Duration.ofMillis(200);

    private final Queue<Sinks.Many<String>> open = new ConcurrentLinkedQueue<>();
    private final List<String> lastEventIds = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile boolean refuses;
    private volatile boolean isSilent;

    public ChangeStream(Upstream upstream) {
        upstream.answersListener(this::answer);
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        lastEventIds.add(String.valueOf(request.requestHeaders().get("Last-Event-ID")));
        if (refuses) {
            return response.status(503).send();
        }
        var sink = Sinks.many().unicast().<String>onBackpressureBuffer();
        sink.tryEmitNext(":changes\n\n");
        open.add(sink);
        var heartbeats = Flux.interval(HEARTBEATS).filter(tick -> !isSilent).subscribe(tick -> emit(sink, heartbeat()));
        return response.sse().sendString(sink.asFlux().doFinally(end -> {
            heartbeats.dispose();
            open.remove(sink);
        }));
    }

    private String heartbeat() {
        return "id:test-" + ids.get() + "\n\n";
    }

    /** Several threads may emit. */
    private static void emit(Sinks.Many<String> sink, String text) {
        sink.emitNext(text, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    /** Sends no heartbeats until {@link #catchUp}. */
    public void fallSilent() {
        isSilent = true;
    }

    /** Waits until the gateway listens, and says that it has all changes. */
    public void catchUp() {
        refuses = false;
        isSilent = false;
        await().until(() -> !open.isEmpty());
        send("caught_up", "{}");
    }

    /** Sends an event. */
    public void send(String event, String data) {
        sendText("id:test-%d\nevent:%s\ndata:%s\n\n".formatted(ids.incrementAndGet(), event, data));
    }

    /** Sends these characters. */
    public void sendText(String text) {
        assertThat(open).isNotEmpty();
        open.forEach(sink -> emit(sink, text));
    }

    /** Ends every stream; new ones are refused until {@link #catchUp}. */
    public void lose() {
        refuses = true;
        open.forEach(Sinks.Many::tryEmitComplete);
        await().until(open::isEmpty);
    }

    /** The header {@code Last-Event-ID} of each request for the stream, or "null". */
    public List<String> lastEventIds() {
        return lastEventIds;
    }

    public int open() {
        return open.size();
    }
}
