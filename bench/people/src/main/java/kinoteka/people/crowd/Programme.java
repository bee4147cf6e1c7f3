package kinoteka.people.crowd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Which films the cinemas offer, as far as people know, and what this run's people have ordered there. Thread-safe. */
public final class Programme {

    private static final int CHOICES = 20;

    private final List<Offer> offers = new ArrayList<>();
    private final Set<Offer> known = ConcurrentHashMap.newKeySet();
    private final Set<Seat> ordered = ConcurrentHashMap.newKeySet();

    /** A film at a cinema. */
    public record Offer(long movie, long cinema) {}

    private record Seat(long customer, Offer offer) {}

    /** A cinema offers a film. */
    public synchronized void announce(Offer offer) {
        if (known.add(offer)) {
            offers.add(offer);
        }
    }

    /** Any offer; empty where there is none. */
    public synchronized Optional<Offer> any(RandomGenerator dice) {
        return offers.isEmpty() ? Optional.empty() : Optional.of(offers.get(dice.nextInt(offers.size())));
    }

    /** An offer that this person has not taken in this run; empty where they have nearly all. */
    public Optional<Offer> anyFor(Person person, RandomGenerator dice) {
        for (int choice = 0; choice < CHOICES; choice++) {
            var offer = any(dice);
            if (offer.isPresent() && ordered.add(new Seat(person.id(), offer.get()))) {
                return offer;
            }
        }
        return Optional.empty();
    }
}
