package kinoteka.catalog.changes;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The latest events, numbered in their order. An event's id contains the number and an id of this run of the service, so that
 * ids of other instances, and from before a restart, are recognized as foreign. Not thread-safe.
 */
final class EventHistory {

    private static final Pattern ID = Pattern.compile("(?<instance>.+)-(?<number>\\d{1,18})");

    private final String instance;
    private final int capacity;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private long last; // the number of the latest event; the first event has 1

    /**
     * @param instance unique to this run of the service
     * @param capacity the number of events that are kept
     */
    EventHistory(String instance, int capacity) {
        this.instance = instance;
        this.capacity = capacity;
    }

    /** Returns the id of the latest event. */
    String lastId() {
        return id(last);
    }

    /** Returns the id of the event that will be added next. */
    String nextId() {
        return id(last + 1);
    }

    void add(Event event) {
        last++;
        if (events.size() == capacity) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    /** Returns all events after the one with this id; nothing when some are no longer kept, or when the id is foreign. */
    Optional<List<Event>> since(String id) {
        var match = ID.matcher(id);
        if (!match.matches() || !match.group("instance").equals(instance)) {
            return Optional.empty();
        }
        var count = last - Long.parseLong(match.group("number"));
        return count < 0 || count > events.size()
                ? Optional.empty()
                : Optional.of(events.stream().skip(events.size() - count).toList());
    }

    private String id(long number) {
        return instance + "-" + number;
    }
}
