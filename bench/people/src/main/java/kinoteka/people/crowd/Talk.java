package kinoteka.people.crowd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The latest comments that people have heard, by what they are about: those are what they answer. Thread-safe. */
public final class Talk {

    private static final int REMEMBERED = 200;

    private final Map<String, Deque<Comment>> heard = new HashMap<>();

    /** A comment that may be answered. */
    public record Comment(Thing about, long id) {}

    /** Somebody has said something. */
    public synchronized void hear(Comment comment) {
        var latest = heard.computeIfAbsent(comment.about().kind(), kind -> new ArrayDeque<>());
        latest.add(comment);
        if (latest.size() > REMEMBERED) {
            latest.remove();
        }
    }

    /** A late comment about a thing of this kind; empty where nobody has said anything yet. */
    public synchronized Optional<Comment> any(String kind, RandomGenerator dice) {
        var latest = List.copyOf(heard.getOrDefault(kind, new ArrayDeque<>()));
        return latest.isEmpty() ? Optional.empty() : Optional.of(latest.get(dice.nextInt(latest.size())));
    }

    /** What is about a publication that is deleted is gone with it. */
    public synchronized void forget(Thing thing) {
        heard.getOrDefault(thing.kind(), new ArrayDeque<>())
                .removeIf(comment -> comment.about().equals(thing));
    }
}
