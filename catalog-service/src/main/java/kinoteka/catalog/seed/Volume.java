package kinoteka.catalog.seed;

/**
 * How many rows each table gets.
 *
 * @param movies at least 1
 * @param customers at least 1
 * @param sessions 1..100000000
 */
record Volume(int movies, int customers, int sessions) {

    /** The sizes to live with, those of the system that Kinoteka replaces. The default. */
    static final Volume FULL = new Volume(29_019, 500_000, 5_000_000);

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
                (int) Math.max(1, Math.round(FULL.movies * scale)),
                (int) Math.max(1, Math.round(FULL.customers * scale)),
                count);
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
