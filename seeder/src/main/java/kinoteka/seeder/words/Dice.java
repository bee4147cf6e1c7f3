package kinoteka.seeder.words;

import java.util.List;
import java.util.SplittableRandom;

/** The chance that decides one row: it starts from the random seed, the table and the id, and from nothing else. */
public final class Dice {

    private final SplittableRandom random;

    public Dice(long randomSeed, String table, long id) {
        this.random = new SplittableRandom(randomSeed + 31L * table.hashCode() + (id << 32));
    }

    /** A number from {@code from} to {@code to}, both included. */
    public int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    /** An index below {@code size}, all alike. */
    public int below(int size) {
        return random.nextInt(size);
    }

    /** An index below {@code size}; low ones are drawn far more often, as a few films have most of the viewers. */
    public int popularBelow(int size) {
        double even = random.nextDouble();
        return (int) (even * even * size);
    }

    /** How far in a stretch something is: at least 0 and below 1. */
    public double share() {
        return random.nextDouble();
    }

    /** Whether this is one of so many in a hundred. */
    public boolean percent(int share) {
        return below(100) < share;
    }

    /** So many different indexes below {@code size}. */
    public int[] several(int draws, int size) {
        int[] drawn = new int[draws];
        for (int draw = 0; draw < draws; draw++) {
            // Below a ceiling that rises with every draw, so that what was drawn before can stand aside for it.
            int ceiling = size - draws + draw;
            int index = below(ceiling + 1);
            drawn[draw] = contains(drawn, draw, index) ? ceiling : index;
        }
        return drawn;
    }

    public <T> T oneOf(List<T> items) {
        return items.get(below(items.size()));
    }

    private static boolean contains(int[] drawn, int draws, int index) {
        for (int draw = 0; draw < draws; draw++) {
            if (drawn[draw] == index) {
                return true;
            }
        }
        return false;
    }
}
