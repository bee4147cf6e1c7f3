package kinoteka.people.testdata;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The latest comments of this run for each type of subject; replies are written to these. Thread-safe. */
public final class RecentComments {

    private static final int MAX_PER_TYPE = 200;

    private final Map<String, Deque<Comment>> commentsByType = new HashMap<>();

    /** A comment that can be replied to. */
    public record Comment(Subject subject, long id) {}

    /** Adds a comment and drops the oldest if there are too many. */
    public synchronized void add(Comment comment) {
        var latest = commentsByType.computeIfAbsent(comment.subject().type(), type -> new ArrayDeque<>());
        latest.add(comment);
        if (latest.size() > MAX_PER_TYPE) {
            latest.remove();
        }
    }

    /** Returns a random comment on a subject of this type; empty if there is none yet. */
    public synchronized Optional<Comment> pick(String type, RandomGenerator random) {
        var latest = List.copyOf(commentsByType.getOrDefault(type, new ArrayDeque<>()));
        return latest.isEmpty() ? Optional.empty() : Optional.of(latest.get(random.nextInt(latest.size())));
    }

    /** Removes all comments on a subject, because they are deleted together with it. */
    public synchronized void removeAll(Subject subject) {
        commentsByType.getOrDefault(subject.type(), new ArrayDeque<>()).removeIf(comment -> comment.subject()
                .equals(subject));
    }
}
