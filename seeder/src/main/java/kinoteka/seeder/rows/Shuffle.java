package kinoteka.seeder.rows;

/**
 * The numbers below a size in another order, each once. The order is arithmetic and takes no memory: steps of one width, which
 * has no divisor in common with the size, go round and round and meet every number.
 */
public final class Shuffle {

    private static final double GOLDEN = 0.618;

    private final int size;
    private final long step;

    /**
     * Orders the numbers below this size.
     *
     * @param size at least 1
     */
    public Shuffle(int size) {
        this.size = size;
        long width = Math.max(1, (long) (size * GOLDEN));
        while (greatestCommonDivisor(width, size) != 1) {
            width++;
        }
        this.step = width;
    }

    /** Any {@code size} numbers in a row give every number below the size once. */
    public int at(long number) {
        return (int) (number % size * step % size);
    }

    private static long greatestCommonDivisor(long one, long other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }
}
