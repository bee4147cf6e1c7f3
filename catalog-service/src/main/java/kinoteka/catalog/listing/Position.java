package kinoteka.catalog.listing;

/** What the positions of all lists hold to. */
public final class Position {

    private Position() {}

    /** Refuses a text that PostgreSQL cannot hold: it knows no NUL. */
    public static void requireComparable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("text: contains NUL (expected: none)");
        }
    }
}
