package kinoteka.people.crowd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The publications that people know of. Only those of this run are ever deleted. Thread-safe. */
public final class Shelf {

    private final List<Publication> found = new ArrayList<>();
    private final List<Publication> published = new ArrayList<>();
    private final Set<Long> deleted = ConcurrentHashMap.newKeySet();

    /** A publication and who wrote it. */
    public record Publication(long id, long author) {

        /** As what is commented on and rated. */
        public Thing thing() {
            return Thing.publication(id);
        }
    }

    /** One that was there before. */
    public synchronized void find(Publication publication) {
        found.add(publication);
    }

    /** A new one. */
    public synchronized void publish(Publication publication) {
        published.add(publication);
    }

    /** Any; empty where nobody has ever published. */
    public synchronized Optional<Publication> any(RandomGenerator dice) {
        var size = found.size() + published.size();
        if (size == 0) {
            return Optional.empty();
        }
        var chosen = Taste.pick(dice, size);
        return Optional.of(
                chosen < published.size()
                        ? published.get(published.size() - 1 - chosen)
                        : found.get(chosen - published.size()));
    }

    /** Any whose author is still there; empty where there is none. */
    public synchronized Optional<Publication> anyBy(LongPredicate isThere, RandomGenerator dice) {
        return pick(
                Stream.concat(found.stream(), published.stream())
                        .filter(publication -> isThere.test(publication.author()))
                        .toList(),
                dice);
    }

    /** One of this run's whose author is still there, about to be deleted; empty where none is left. */
    public synchronized Optional<Publication> deleteBy(LongPredicate isThere, RandomGenerator dice) {
        var chosen = pick(
                published.stream()
                        .filter(publication -> isThere.test(publication.author()))
                        .toList(),
                dice);
        chosen.ifPresent(publication -> {
            published.remove(publication);
            deleted.add(publication.id());
        });
        return chosen;
    }

    /** Whether this run has deleted it, or is about to: only then may the library say that there is no such publication. */
    public boolean isDeleted(long publication) {
        return deleted.contains(publication);
    }

    private static Optional<Publication> pick(List<Publication> publications, RandomGenerator dice) {
        return publications.isEmpty()
                ? Optional.empty()
                : Optional.of(publications.get(dice.nextInt(publications.size())));
    }
}
