package kinoteka.people.testdata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The known publications. The scenarios delete only those that were created in this run, so that a run does not consume the
 * library's own data. Thread-safe.
 */
public final class Publications {

    private final List<Publication> existing = new ArrayList<>();
    private final List<Publication> created = new ArrayList<>();
    private final Set<Long> deletedIds = ConcurrentHashMap.newKeySet();

    /**
     * A publication.
     *
     * @param author id of the customer who wrote it
     */
    public record Publication(long id, long author) {

        /** Returns the publication as the subject of comments and ratings. */
        public Subject subject() {
            return Subject.publication(id);
        }
    }

    /** Adds a publication that existed before the run. */
    public synchronized void addExisting(Publication publication) {
        existing.add(publication);
    }

    /** Adds a publication that was created in this run. */
    public synchronized void addCreated(Publication publication) {
        created.add(publication);
    }

    /** Returns a random publication, preferably one of the newest; empty if there is none. */
    public synchronized Optional<Publication> pick(RandomGenerator random) {
        var size = existing.size() + created.size();
        if (size == 0) {
            return Optional.empty();
        }
        var index = Popularity.pickIndex(random, size);
        return Optional.of(
                index < created.size()
                        ? created.get(created.size() - 1 - index)
                        : existing.get(index - created.size()));
    }

    /** Returns a random publication whose author matches; empty if there is none. */
    public synchronized Optional<Publication> pickByAuthor(LongPredicate authorFilter, RandomGenerator random) {
        return pick(
                Stream.concat(existing.stream(), created.stream())
                        .filter(publication -> authorFilter.test(publication.author()))
                        .toList(),
                random);
    }

    /**
     * Picks a random publication of this run whose author matches and marks it as deleted, before the request to delete it is
     * sent, so that concurrent scenarios may already receive 404 for it. Empty if there is none.
     */
    public synchronized Optional<Publication> pickForDeletion(LongPredicate authorFilter, RandomGenerator random) {
        var picked = pick(
                created.stream()
                        .filter(publication -> authorFilter.test(publication.author()))
                        .toList(),
                random);
        picked.ifPresent(publication -> {
            created.remove(publication);
            deletedIds.add(publication.id());
        });
        return picked;
    }

    /** Returns whether this run has deleted the publication or is about to. Otherwise 404 is an unexpected status. */
    public boolean isDeleted(long publication) {
        return deletedIds.contains(publication);
    }

    private static Optional<Publication> pick(List<Publication> publications, RandomGenerator random) {
        return publications.isEmpty()
                ? Optional.empty()
                : Optional.of(publications.get(random.nextInt(publications.size())));
    }
}
