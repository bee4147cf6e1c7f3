package kinoteka.people.metrics;

import java.util.Comparator;

/**
 * The result of a request. Ordered by kind, status and name.
 *
 * @param status of the response; 0 if no response was received
 * @param name of the success or of the expected rejection, or the type of the problem
 */
public record Outcome(int status, String name, Kind kind) implements Comparable<Outcome> {

    private static final Comparator<Outcome> ORDER =
            Comparator.comparing(Outcome::kind).thenComparing(Outcome::status).thenComparing(Outcome::name);

    /** Whether the response was correct. */
    public enum Kind {
        SUCCESS,
        /** An error response that the client has shown to be correct, for example a 412 after a concurrent update. */
        REJECTED,
        ERROR
    }

    @Override
    public int compareTo(Outcome other) {
        return ORDER.compare(this, other);
    }

    /** Returns the status and the name, as reports show them. */
    @Override
    public String toString() {
        return status + " " + name;
    }
}
