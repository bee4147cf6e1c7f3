package kinoteka.people.notes;

import java.util.Comparator;

/**
 * What came of a request.
 *
 * @param status of the answer, 0 where there was none
 * @param name of what was done, of an expected refusal, or of the problem
 */
public record Outcome(int status, String name, Kind kind) implements Comparable<Outcome> {

    private static final Comparator<Outcome> ORDER =
            Comparator.comparing(Outcome::kind).thenComparing(Outcome::status).thenComparing(Outcome::name);

    /** Whether that is as it should be. */
    public enum Kind {
        DONE,
        /** A refusal of which the client has shown that it had to come. */
        REFUSED,
        ERROR
    }

    @Override
    public int compareTo(Outcome other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return status + " " + name;
    }
}
