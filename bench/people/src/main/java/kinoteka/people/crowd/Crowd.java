package kinoteka.people.crowd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Who is there. Whoever is busy is not in the crowd until they return to it, so that each does one thing at a time, as people
 * do. Thread-safe.
 */
public final class Crowd {

    private final Instant tokensEnd;
    private final List<Person> residents = new ArrayList<>();
    private final List<Person> newcomers = new ArrayList<>();
    private final Set<Long> arrived = new HashSet<>();
    private final Set<Long> left = new HashSet<>();

    /**
     * All of them idle.
     *
     * @param tokensEnd when nobody's token is believed any more
     */
    public Crowd(Collection<Long> customers, Instant tokensEnd) {
        this.tokensEnd = tokensEnd;
        customers.forEach(customer -> residents.add(Person.of(customer, tokensEnd)));
    }

    /** Somebody who has nothing to do, until they are {@link #release released}; empty where all are busy. */
    public synchronized Optional<Person> take(RandomGenerator dice) {
        var idle = residents.size() + newcomers.size();
        if (idle == 0) {
            return Optional.empty();
        }
        var chosen = dice.nextInt(idle);
        return Optional.of(
                chosen < residents.size() ? take(residents, chosen) : take(newcomers, chosen - residents.size()));
    }

    /** Back into the crowd. */
    public synchronized void release(Person person) {
        (arrived.contains(person.id()) ? newcomers : residents).add(person);
    }

    /** Somebody has opened an account and joins the crowd. */
    public synchronized void welcome(long customer) {
        arrived.add(customer);
        newcomers.add(Person.of(customer, tokensEnd));
    }

    /** An idle newcomer who leaves for good; empty where there is none. */
    public synchronized Optional<Person> leave(RandomGenerator dice) {
        if (newcomers.isEmpty()) {
            return Optional.empty();
        }
        var person = take(newcomers, dice.nextInt(newcomers.size()));
        left.add(person.id());
        return Optional.of(person);
    }

    /** Whether this customer has an account as far as this run knows. */
    public synchronized boolean isThere(long customer) {
        return !left.contains(customer);
    }

    /** This very customer, busy or not: what they wrote is theirs to change. */
    public Person author(long customer) {
        return Person.of(customer, tokensEnd);
    }

    private static Person take(List<Person> people, int chosen) {
        var last = people.removeLast();
        return chosen == people.size() ? last : people.set(chosen, last);
    }
}
