package kinoteka.seeder;

import kinoteka.seeder.load.SeedRefused;

/**
 * How many rows the tables get that do not follow from others, each at least 1.
 *
 * @param sessions 1..100000000
 * @param ratings at most; there are fewer where customers and what they rate are too few
 * @param orders at most; there are fewer where customers and offers are too few
 */
record Volume(
        int movies, int customers, int sessions, int persons, int publications, int comments, int ratings, int orders) {

    /** The sizes to live with, those of the system that Kinoteka replaces. The default. */
    static final Volume FULL = new Volume(29_019, 500_000, 5_000_000, 500_000, 20_000, 300_000, 1_000_000, 500_000);

    private static final int MOST_SESSIONS = 100_000_000;

    /**
     * The library that goes with so many sessions. The other tables shrink and grow with the square root, so that a small
     * library still has films to look through.
     *
     * @param sessions 1..100000000, in digits
     */
    static Volume ofSessions(String sessions) {
        int count = parse(sessions);
        double scale = Math.sqrt((double) count / FULL.sessions);
        return new Volume(
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
            if (count >= 1 && count <= MOST_SESSIONS) {
                return count;
            }
        }
        throw new SeedRefused("SEED_COUNT: " + sessions + " (expected: 1.." + MOST_SESSIONS + ")");
    }
}
