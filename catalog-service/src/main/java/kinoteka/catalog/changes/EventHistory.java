package kinoteka.catalog.changes;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The latest events, each at a place in the order of all. The id of a place names the instance of the service too, so that
 * none is taken for another's, nor for one from before a restart. Not thread-safe.
 */
final class Recent {

    private static final Pattern ID = Pattern.compile("(?<instance>.+)-(?<place>\\d{1,18})");

    private final String instance;
    private final int capacity;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private long last; // the place of the latest event; the first one's is 1

    /**
     * @param instance differs from every other run of the service
     * @param capacity events at most
     */
    Recent(String instance, int capacity) {
        this.instance = instance;
        this.capacity = capacity;
    }

    /** Of the latest event. */
    String lastId() {
        return id(last);
    }

    /** Of the event that is added next. */
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

    /** All that came after this id; empty where some of it is forgotten, or the id is none of ours. */
    Optional<List<Event>> since(String id) {
        var match = ID.matcher(id);
        if (!match.matches() || !match.group("instance").equals(instance)) {
            return Optional.empty();
        }
        var after = last - Long.parseLong(match.group("place"));
        return after < 0 || after > events.size()
                ? Optional.empty()
                : Optional.of(events.stream().skip(events.size() - after).toList());
    }

    private String id(long place) {
        return instance + "-" + place;
    }
}
