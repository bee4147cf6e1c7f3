package kinoteka.seeder.rows;

/**
 * Pairs of an item and a customer. No pair occurs twice, and the first items occur in most of the pairs.
 *
 * <p>No pair has to be remembered for that. The pairs of one item follow each other, and there are at most as many of them as
 * there are customers. The customers are assigned in rounds: none is assigned again before every other one was.
 */
public final class UniquePairs {

    private final int count;
    private final int items;
    private final Permutation order;
    private final Permutation customers;

    /**
     * @param wanted number of pairs; there are fewer if there are too few items and customers
     * @param items at least 1
     * @param customers at least 1
     */
    public UniquePairs(int wanted, int items, int customers) {
        // The first item is in count / sqrt(items) pairs.
        this.count = (int) Math.min(wanted, (long) customers * (int) Math.sqrt(items));
        this.items = items;
        this.order = new Permutation(Math.max(1, count));
        this.customers = new Permutation(customers);
    }

    public int count() {
        return count;
    }

    /**
     * Returns an index below the number of items.
     *
     * @param pair starting with 0
     */
    public int item(long pair) {
        long place = order.at(pair);
        return (int) (place * place * items / ((long) count * count));
    }

    /**
     * Returns an index below the number of customers.
     *
     * @param pair starting with 0
     */
    public int customer(long pair) {
        return customers.at(order.at(pair));
    }
}
