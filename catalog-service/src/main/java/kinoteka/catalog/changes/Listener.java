package kinoteka.catalog.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** One stream, and the events that wait for its client. Told things by one thread at a time. */
final class Listener {

    private final Set<String> kinds;
    private final List<ServerSentEvent<String>> beginning = new ArrayList<>();
    private final Queue<ServerSentEvent<String>> waiting;
    private final Sinks.Many<ServerSentEvent<String>> live;
    private boolean cutOff;

    /**
     * @param kinds what the client wants to hear of; empty for all
     * @param queue events that may wait for the client
     */
    Listener(Set<String> kinds, int queue) {
        this.kinds = kinds;
        this.waiting = new ArrayBlockingQueue<>(queue);
        this.live = Sinks.many().unicast().onBackpressureBuffer(waiting);
        beginning.add(ServerSentEvent.<String>builder().comment("changes").build());
    }

    /** Puts into the stream what comes before anything that is told, however much it is. */
    void begin(Event event) {
        if (event.concerns(kinds)) {
            beginning.add(event.sent());
        }
    }

    boolean wants(Event event) {
        return !cutOff && event.concerns(kinds);
    }

    /** Whether there was room for it. */
    boolean tell(Event event) {
        return live.tryEmitNext(event.sent()) != Sinks.EmitResult.FAIL_OVERFLOW;
    }

    /** Forgets what waits, so that the client learns of its end as soon as it reads again. */
    void cutOff(String reason) {
        cutOff = true;
        waiting.clear();
        live.tryEmitNext(Event.cutOff(reason).sent());
        live.tryEmitComplete();
    }

    /** What is written to the client. For one subscriber, once. */
    Flux<ServerSentEvent<String>> stream() {
        return Flux.fromIterable(beginning).concatWith(live.asFlux());
    }
}
