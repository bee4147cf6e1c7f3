package kinoteka.people.testdata;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The pool of idle users. A user is removed from the pool while a scenario runs on their behalf, so that each user does one
 * thing at a time, as real users do. Thread-safe.
 */
public final class Users {

    private final Instant tokensExpire;
    private final List<User> existing = new ArrayList<>();
    private final List<User> created = new ArrayList<>();
    private final Set<Long> createdIds = new HashSet<>();
    private final Set<Long> removedIds = new HashSet<>();

    /**
     * Creates a pool in which all users are idle.
     *
     * @param customers ids of existing accounts
     * @param tokensExpire when the tokens of all users expire
     */
    public Users(Collection<Long> customers, Instant tokensExpire) {
        this.tokensExpire = tokensExpire;
        customers.forEach(customer -> existing.add(User.of(customer, tokensExpire)));
    }

    /** Takes an idle user out of the pool until {@link #release}; empty if all users are busy. */
    public synchronized Optional<User> acquire(RandomGenerator random) {
        var idle = existing.size() + created.size();
        if (idle == 0) {
            return Optional.empty();
        }
        var index = random.nextInt(idle);
        return Optional.of(
                index < existing.size() ? remove(existing, index) : remove(created, index - existing.size()));
    }

    /** Returns an acquired user to the pool. */
    public synchronized void release(User user) {
        (createdIds.contains(user.id()) ? created : existing).add(user);
    }

    /** Adds an idle user whose account was created in this run. */
    public synchronized void addCreated(long customer) {
        createdIds.add(customer);
        created.add(User.of(customer, tokensExpire));
    }

    /** Removes an idle user whose account was created in this run, for good; empty if there is none. */
    public synchronized Optional<User> removeCreated(RandomGenerator random) {
        if (created.isEmpty()) {
            return Optional.empty();
        }
        var user = remove(created, random.nextInt(created.size()));
        removedIds.add(user.id());
        return Optional.of(user);
    }

    /** Returns false if this run has closed the customer's account or is about to. */
    public synchronized boolean hasAccount(long customer) {
        return !removedIds.contains(customer);
    }

    /** Returns a particular user, idle or busy, because only the author may change a publication. */
    public User withId(long customer) {
        return User.of(customer, tokensExpire);
    }

    /** Removes in constant time by moving the last user to the index. */
    private static User remove(List<User> users, int index) {
        var last = users.removeLast();
        return index == users.size() ? last : users.set(index, last);
    }
}
