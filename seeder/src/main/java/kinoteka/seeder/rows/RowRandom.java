package kinoteka.seeder.rows;

import java.util.List;
import java.util.SplittableRandom;

/** The random numbers of one row. They depend only on the random seed, a name and the id of the row. */
public final class RowRandom {

    private final SplittableRandom random;

    /** @param name distinguishes the rows of one table from those of another with the same id */
    public RowRandom(long randomSeed, String name, long id) {
        this.random = new SplittableRandom(randomSeed + 31L * name.hashCode() + (id << 32));
    }

    /** Returns a number from {@code first} to {@code last}, both inclusive. */
    public int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    /** Returns an index below {@code size}; every index has the same probability. */
    public int below(int size) {
        return random.nextInt(size);
    }

    /** Returns an index below {@code size}. Low indexes are far more likely, because a few films have most of the viewers. */
    public int skewedBelow(int size) {
        double uniform = random.nextDouble();
        return (int) (uniform * uniform * size);
    }

    /** Returns a number that is at least 0 and below 1. */
    public double fraction() {
        return random.nextDouble();
    }

    /** Returns true with this probability in percent. */
    public boolean percent(int probability) {
        return below(100) < probability;
    }

    /** Returns {@code count} different indexes below {@code size}. */
    public int[] distinctBelow(int size, int count) {
        int[] drawn = new int[count];
        for (int draw = 0; draw < count; draw++) {
            // Floyd's algorithm: if the index was drawn before, the current maximum, which is new in this round,
            // replaces it.
            int maximum = size - count + draw;
            int index = below(maximum + 1);
            drawn[draw] = contains(drawn, draw, index) ? maximum : index;
        }
        return drawn;
    }

    /** Returns one of the items; every item has the same probability. */
    public <T> T pick(List<T> items) {
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
