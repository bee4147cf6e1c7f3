package kinoteka.people.testdata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The known offers of the cinemas, and which of them users have ordered in this run. Thread-safe. */
public final class Offers {

    private static final int ATTEMPTS = 20;

    private final List<Offer> offers = new ArrayList<>();
    private final Set<Offer> known = ConcurrentHashMap.newKeySet();
    private final Set<Order> orders = ConcurrentHashMap.newKeySet();

    /** A movie at a cinema. */
    public record Offer(long movie, long cinema) {}

    private record Order(long customer, Offer offer) {}

    /** Adds an offer unless it is known. */
    public synchronized void add(Offer offer) {
        if (known.add(offer)) {
            offers.add(offer);
        }
    }

    /** Returns a random offer; empty if there is none. */
    public synchronized Optional<Offer> pick(RandomGenerator random) {
        return offers.isEmpty() ? Optional.empty() : Optional.of(offers.get(random.nextInt(offers.size())));
    }

    /**
     * Returns a random offer that the user has not ordered in this run and marks it as ordered. Empty if the user has ordered
     * nearly all offers, because the number of attempts is limited.
     */
    public Optional<Offer> pickForOrder(User user, RandomGenerator random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var offer = pick(random);
            if (offer.isPresent() && orders.add(new Order(user.id(), offer.get()))) {
                return offer;
            }
        }
        return Optional.empty();
    }
}
