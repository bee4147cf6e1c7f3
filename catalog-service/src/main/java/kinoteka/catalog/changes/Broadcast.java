package kinoteka.catalog.changes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import kinoteka.catalog.client.Client;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * Sends every event to every listener, in the same order. Methods that change this order hold the lock, but only until the
 * event is in the listeners' queues.
 */
@Component
class Broadcast {

    private static final String SHUTTING_DOWN = "The service is shutting down.";

    private final ChangesSettings settings;
    private final ListenerSlots slots;
    private final EventHistory history;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Counter published;
    private final Counter disconnected;
    private boolean live;
    private boolean closed;

    Broadcast(ChangesSettings settings, ListenerSlots slots, MeterRegistry metrics) {
        this.settings = settings;
        this.slots = slots;
        this.history = new EventHistory(UUID.randomUUID().toString().substring(0, 13), settings.historySize());
        Gauge.builder("changes.live", this, broadcast -> broadcast.isLive() ? 1 : 0)
                .description("1 while changes are received from the database as they happen")
                .register(metrics);
        this.published = Counter.builder("changes.events")
                .description("Events put into streams, without heartbeats")
                .register(metrics);
        this.disconnected = Counter.builder("changes.cut.off")
                .description("Listeners that were disconnected because they read too slowly")
                .register(metrics);
    }

    /**
     * Returns the stream of one client. From its subscription to its end, whatever ends it, it holds one of the client's slots.
     *
     * @param kinds the kinds of events that the client wants; empty for all
     * @param lastEventId id of the last event that the client has received; null when it connects for the first time
     */
    Flux<ServerSentEvent<String>> stream(Client client, Set<String> kinds, @Nullable String lastEventId) {
        return Flux.using(
                () -> slots.acquire(client),
                acquired -> Flux.using(() -> join(kinds, lastEventId), Listener::stream, listeners::remove),
                slots::release);
    }

    private synchronized Listener join(Set<String> kinds, @Nullable String lastEventId) {
        var listener = new Listener(kinds, settings.maxQueuedEvents());
        if (lastEventId != null) {
            history.since(lastEventId)
                    .ifPresentOrElse(
                            events -> events.forEach(listener::prepare),
                            () -> listener.prepare(
                                    Event.missed("The events after the given event id are not available.")));
        }
        if (live) {
            listener.prepare(Event.caughtUp(history.lastId()));
        }
        listeners.add(listener);
        if (closed) {
            listener.disconnect(SHUTTING_DOWN);
        }
        return listener;
    }

    synchronized void publish(Change change) {
        publish(Event.of(change, history.nextId()));
    }

    /** From now on, changes are published as they happen. */
    synchronized void markLive() {
        if (!live) {
            live = true;
            publish(Event.caughtUp(history.nextId()));
        }
    }

    /** From now on, changes may happen that are not published. */
    synchronized void markInterrupted(String reason) {
        if (live) {
            live = false;
            publish(Event.missed(history.nextId(), reason));
        }
    }

    synchronized void sendHeartbeat() {
        offerToAll(Event.heartbeat(history.lastId()));
    }

    synchronized void open() {
        closed = false;
    }

    /** Ends every stream, and every new one, until {@link #open}. */
    synchronized void close() {
        closed = true;
        live = false;
        listeners.forEach(listener -> listener.disconnect(SHUTTING_DOWN));
    }

    private synchronized boolean isLive() {
        return live;
    }

    private void publish(Event event) {
        history.add(event);
        published.increment(offerToAll(event));
    }

    /** Returns the number of listeners that the event was queued for. */
    private int offerToAll(Event event) {
        var queued = 0;
        for (var listener : listeners) {
            if (!listener.accepts(event)) {
                continue;
            }
            if (listener.offer(event)) {
                queued++;
            } else {
                listener.disconnect("More than " + settings.maxQueuedEvents() + " events were waiting to be read.");
                disconnected.increment();
            }
        }
        return queued;
    }
}
