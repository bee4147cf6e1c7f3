package kinoteka.people.testdata;

import java.util.random.RandomGenerator;

/** A skewed distribution of choices: the first tenth of a list is chosen in nearly half of the cases. */
public final class Popularity {

    private Popularity() {}

    /** Returns an index from 0 (inclusive) to {@code size} (exclusive); small ones are more frequent. */
    public static int pickIndex(RandomGenerator random, int size) {
        var uniform = random.nextDouble();
        return (int) (size * uniform * uniform * uniform);
    }
}
