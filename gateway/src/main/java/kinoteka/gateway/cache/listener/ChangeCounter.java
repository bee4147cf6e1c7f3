package kinoteka.gateway.cache.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import kinoteka.gateway.cache.coherence.Kind;
import kinoteka.gateway.cache.coherence.Member;
import kinoteka.gateway.cache.coherence.Versions;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts the changes that events report. What it does not understand counts as a change of everything, because a newer catalogue may have
 * kinds of resources that responses contain. Thread-safe.
 */
final class ChangeCounter {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Versions versions;
    private @Nullable String lastEventId;
    private long events;
    private long stream;
    private boolean isOpen;

    ChangeCounter(Versions versions) {
        this.versions = versions;
    }

    /** Returns the id of the last event, to resume the stream after it; null if the stream has to begin anew. */
    synchronized @Nullable String lastEventId() {
        return lastEventId;
    }

    /** The number of events that were counted. */
    synchronized long events() {
        return events;
    }

    /**
     * Begins a stream. If it cannot resume after the last event, everything may have changed.
     *
     * @return the number of the stream
     */
    synchronized long begin() {
        if (lastEventId == null) {
            versions.everythingChanged();
        }
        isOpen = true;
        return ++stream;
    }

    /** Ends this stream, unless another one has begun. From now on, changes are not received. */
    synchronized void end(long number) {
        if (number == stream) {
            isOpen = false;
            versions.setCaughtUp(false);
        }
    }

    /**
     * Counts an event. One of a stream that has ended is ignored, because a thread may still parse what it received before.
     *
     * @return whether every change is received from now on
     * @throws UncheckedIOException if the event says that the stream has ended
     */
    synchronized boolean on(long number, ServerEvent event) {
        if (number != stream || !isOpen) {
            return false;
        }
        switch (event.type()) {
            case "" -> {} // a heartbeat
            case "caught_up" -> versions.setCaughtUp(true);
            case "missed" -> {
                versions.setCaughtUp(false); // first, so that nothing is stamped between the two
                versions.everythingChanged();
            }
            case "cut_off" ->
                throw new UncheckedIOException(new IOException("the catalogue has ended the stream: " + event.data()));
            default -> count(event.type().equals("created"), event.data());
        }
        if (event.id() != null) {
            lastEventId = event.id();
        }
        return event.type().equals("caught_up");
    }

    private void count(boolean isNew, String data) {
        events++;
        var change = parse(data);
        var kind = change == null ? null : Kind.ofLabel(change.path("kind").stringValue(""));
        if (change == null || kind == null) {
            versions.everythingChanged();
        } else if (change.path("id").isIntegralNumber()) {
            count(kind, isNew, change);
        } else {
            versions.allChanged(kind);
        }
    }

    private void count(Kind kind, boolean isNew, JsonNode change) {
        for (var member : Member.values()) {
            var id = change.path(member.label());
            if (id.isIntegralNumber() && isNew) {
                versions.singleCreated(kind, member, id.longValue());
            } else if (id.isIntegralNumber()) {
                versions.singleChanged(kind, member, id.longValue());
            }
        }
    }

    private static @Nullable JsonNode parse(String data) {
        try {
            return JSON.readTree(data);
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
