package kinoteka.catalog.changes;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;

/**
 * What is told to listeners.
 *
 * @param kind what it concerns; null for what every listener must know
 * @param sent as it is written into their streams
 */
record Event(@Nullable String kind, ServerSentEvent<String> sent) {

    static Event of(Change change, String id) {
        return new Event(
                change.kind(), sent(change.event(), change.data()).id(id).build());
    }

    /** All that happened before has been told, and what happens from now on is told as it happens. */
    static Event caughtUp(String id) {
        return new Event(null, sent("caught_up", "{}").id(id).build());
    }

    /** Changes may have been lost, and may go on being lost until the next {@link #caughtUp}. */
    static Event missed(String id, String reason) {
        return new Event(null, sent("missed", because(reason)).id(id).build());
    }

    /** As {@link #missed(String, String)}, for one listener only: it has no place among the others. */
    static Event missed(String reason) {
        return new Event(null, sent("missed", because(reason)).build());
    }

    /** The last event of a stream that the service ends. */
    static Event cutOff(String reason) {
        return new Event(null, sent("cut_off", because(reason)).build());
    }

    /** An id alone: programs need not handle it, and yet those who hear of few kinds do not fall behind. */
    static Event heartbeat(String id) {
        return new Event(null, ServerSentEvent.<String>builder().id(id).build());
    }

    boolean concerns(Set<String> kinds) {
        return kind == null || kinds.isEmpty() || kinds.contains(kind);
    }

    private static ServerSentEvent.Builder<String> sent(String event, String data) {
        return ServerSentEvent.<String>builder().event(event).data(data);
    }

    private static String because(String reason) {
        return "{\"reason\":\"" + reason + "\"}";
    }
}
