package kinoteka.catalog.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** One stream, with the events that wait until its client reads them. Only one thread at a time may add events. */
final class Listener {

    private final Set<String> kinds;
    private final List<ServerSentEvent<String>> prepared = new ArrayList<>();
    private final Queue<ServerSentEvent<String>> waiting;
    private final Sinks.Many<ServerSentEvent<String>> live;
    private boolean disconnected;

    /**
     * @param kinds the kinds of events that the client wants; empty for all
     * @param maxQueuedEvents the number of events that may wait for the client
     */
    Listener(Set<String> kinds, int maxQueuedEvents) {
        this.kinds = kinds;
        this.waiting = new ArrayBlockingQueue<>(maxQueuedEvents);
        this.live = Sinks.many().unicast().onBackpressureBuffer(waiting);
        prepared.add(ServerSentEvent.<String>builder().comment("changes").build());
    }

    /** Adds an event that precedes all offered events. The number of these events is not limited. */
    void prepare(Event event) {
        if (event.matches(kinds)) {
            prepared.add(event.message());
        }
    }

    boolean accepts(Event event) {
        return !disconnected && event.matches(kinds);
    }

    /** Adds an event to the queue. Returns false when the queue is full. */
    boolean offer(Event event) {
        return live.tryEmitNext(event.message()) != Sinks.EmitResult.FAIL_OVERFLOW;
    }

    /** Ends the stream. Drops the queued events, so that the client receives the end as soon as it reads again. */
    void disconnect(String reason) {
        disconnected = true;
        waiting.clear();
        live.tryEmitNext(Event.cutOff(reason).message());
        live.tryEmitComplete();
    }

    /** Returns the messages for the client. It can be subscribed to once. */
    Flux<ServerSentEvent<String>> stream() {
        return Flux.fromIterable(prepared).concatWith(live.asFlux());
    }
}
