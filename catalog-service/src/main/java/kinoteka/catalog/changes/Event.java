package kinoteka.catalog.changes;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;

/**
 * An event of the stream.
 *
 * @param kind the kind of resource that has changed; null for events that every listener receives
 * @param message as it is written into the streams
 */
record Event(@Nullable String kind, ServerSentEvent<String> message) {

    static Event of(Change change, String id) {
        return new Event(
                change.kind(), message(change.event(), change.data()).id(id).build());
    }

    /** Every earlier change has been sent, and later changes are sent as they happen. */
    static Event caughtUp(String id) {
        return new Event(null, message("caught_up", "{}").id(id).build());
    }

    /** Changes may have been missed, and may be missed until the next {@link #caughtUp}. */
    static Event missed(String id, String reason) {
        return new Event(null, message("missed", reason(reason)).id(id).build());
    }

    /** As {@link #missed(String, String)}, but for one listener only, so it has no id. */
    static Event missed(String reason) {
        return new Event(null, message("missed", reason(reason)).build());
    }

    /** The last event of a stream that the service ends. */
    static Event cutOff(String reason) {
        return new Event(null, message("cut_off", reason(reason)).build());
    }

    /** Only an id: clients need not handle it, and a client that receives few kinds still learns the latest id. */
    static Event heartbeat(String id) {
        return new Event(null, ServerSentEvent.<String>builder().id(id).build());
    }

    /** Whether a listener that wants these kinds receives the event. Empty kinds stand for all. */
    boolean matches(Set<String> kinds) {
        return kind == null || kinds.isEmpty() || kinds.contains(kind);
    }

    private static ServerSentEvent.Builder<String> message(String event, String data) {
        return ServerSentEvent.<String>builder().event(event).data(data);
    }

    private static String reason(String reason) {
        return "{\"reason\":\"" + reason + "\"}";
    }
}
