package kinoteka.catalog.changes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import kinoteka.catalog.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * Tells every listener every event, in one order. What changes that order holds the lock, for as long as it takes to put an
 * event into the listeners' queues.
 */
@Component
class Broadcast {

    private static final String SHUTTING_DOWN = "The service is shutting down.";

    private final ChangesSettings settings;
    private final Recent recent;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Counter sent;
    private final Counter cutOff;
    private boolean live;
    private boolean closed;

    Broadcast(ChangesSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        this.recent = new Recent(UUID.randomUUID().toString().substring(0, 13), settings.remembered());
        Gauge.builder("changes.listeners", listeners, Set::size)
                .description("Streams of changes that are open")
                .register(metrics);
        Gauge.builder("changes.live", this, broadcast -> broadcast.isLive() ? 1 : 0)
                .description("Whether changes are heard of as they happen")
                .register(metrics);
        this.sent = Counter.builder("changes.events")
                .description("Events put into streams, heartbeats apart")
                .register(metrics);
        this.cutOff = Counter.builder("changes.cut.off")
                .description("Listeners who read too slowly")
                .register(metrics);
    }

    /**
     * The stream of one client. It takes part from its subscription to its end.
     *
     * @param kinds what the client wants to hear of; empty for all
     * @param lastEventId what it heard last, if it was there before
     */
    Flux<ServerSentEvent<String>> stream(Set<String> kinds, @Nullable String lastEventId) {
        return Flux.defer(() -> {
            var listener = join(kinds, lastEventId);
            return listener.stream().doFinally(signal -> listeners.remove(listener));
        });
    }

    private synchronized Listener join(Set<String> kinds, @Nullable String lastEventId) {
        if (listeners.size() >= settings.listeners()) {
            throw Problem.OVERLOADED.exception("As many listen as may: " + settings.listeners() + ".");
        }
        var listener = new Listener(kinds, settings.queue());
        if (lastEventId != null) {
            recent.since(lastEventId)
                    .ifPresentOrElse(
                            missed -> missed.forEach(listener::begin),
                            () -> listener.begin(Event.missed("What came after the last event id is not known here.")));
        }
        if (live) {
            listener.begin(Event.caughtUp(recent.lastId()));
        }
        listeners.add(listener);
        if (closed) {
            listener.cutOff(SHUTTING_DOWN);
        }
        return listener;
    }

    synchronized void tell(Change change) {
        publish(Event.of(change, recent.nextId()));
    }

    /** Changes are heard of as they happen. */
    synchronized void caughtUp() {
        if (!live) {
            live = true;
            publish(Event.caughtUp(recent.nextId()));
        }
    }

    /** From now on changes may happen that nobody hears of. */
    synchronized void missed(String reason) {
        if (live) {
            live = false;
            publish(Event.missed(recent.nextId(), reason));
        }
    }

    synchronized void heartbeat() {
        deliver(Event.heartbeat(recent.lastId()));
    }

    synchronized void open() {
        closed = false;
    }

    /** Ends every stream. */
    synchronized void close() {
        closed = true;
        live = false;
        listeners.forEach(listener -> listener.cutOff(SHUTTING_DOWN));
    }

    private synchronized boolean isLive() {
        return live;
    }

    private void publish(Event event) {
        recent.add(event);
        sent.increment(deliver(event));
    }

    /** How many it was put into the queues of. */
    private int deliver(Event event) {
        var reached = 0;
        for (var listener : listeners) {
            if (!listener.wants(event)) {
                continue;
            }
            if (listener.tell(event)) {
                reached++;
            } else {
                listener.cutOff("More than " + settings.queue() + " events were waiting to be read.");
                cutOff.increment();
            }
        }
        return reached;
    }
}
