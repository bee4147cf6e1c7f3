package kinoteka.seeder.rows;

/**
 * A permutation of the numbers below a size. It is computed and takes no memory: number n is mapped to n times a fixed step,
 * modulo the size. The step has no common divisor with the size, so that every number occurs once.
 */
public final class Permutation {

    private static final double GOLDEN_RATIO = 0.618;

    private final int size;
    private final long step;

    /** @param size at least 1 */
    public Permutation(int size) {
        this.size = size;
        long candidate = Math.max(1, (long) (size * GOLDEN_RATIO));
        while (greatestCommonDivisor(candidate, size) != 1) {
            candidate++;
        }
        this.step = candidate;
    }

    /** Returns a number below the size. Any {@code size} consecutive numbers are mapped to different ones. */
    public int at(long number) {
        return (int) (number % size * step % size);
    }

    private static long greatestCommonDivisor(long one, long other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }
}
