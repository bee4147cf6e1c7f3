package kinoteka.catalog.seed.words;

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

    public <T> T oneOf(List<T> items) {
        return items.get(below(items.size()));
    }
}
