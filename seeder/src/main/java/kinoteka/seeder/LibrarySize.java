package kinoteka.seeder;

import kinoteka.seeder.load.SeedingException;

/**
 * The numbers of rows of the tables whose size does not depend on other tables. Each is at least 1.
 *
 * @param sessions 1..100000000
 * @param ratings a maximum; there are fewer if there are too few customers, movies and publications
 * @param orders a maximum; there are fewer if there are too few customers and offers
 */
record LibrarySize(
        int movies, int customers, int sessions, int persons, int publications, int comments, int ratings, int orders) {

    /** The default: the size of the system that Kinoteka replaces. */
    static final LibrarySize FULL =
            new LibrarySize(29_019, 500_000, 5_000_000, 500_000, 20_000, 300_000, 1_000_000, 500_000);

    private static final int MAX_SESSIONS = 100_000_000;

    /**
     * Returns the size of a library with this number of sessions. The other tables grow with its square root, so that a small
     * library still has a choice of films.
     *
     * @param sessions 1..100000000, in digits
     */
    static LibrarySize forSessions(String sessions) {
        int count = parse(sessions);
        double scale = Math.sqrt((double) count / FULL.sessions);
        return new LibrarySize(
                scaled(FULL.movies, scale),
                scaled(FULL.customers, scale),
                count,
                scaled(FULL.persons, scale),
                scaled(FULL.publications, scale),
                scaled(FULL.comments, scale),
                scaled(FULL.ratings, scale),
                scaled(FULL.orders, scale));
    }

    private static int scaled(int rows, double scale) {
        return (int) Math.max(1, Math.round(rows * scale));
    }

    private static int parse(String sessions) {
        if (sessions.matches("[0-9]{1,9}")) {
            int count = Integer.parseInt(sessions);
            if (count >= 1 && count <= MAX_SESSIONS) {
                return count;
            }
        }
        throw new SeedingException("SEED_COUNT: " + sessions + " (expected: 1.." + MAX_SESSIONS + ")");
    }
}
