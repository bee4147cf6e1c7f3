package kinoteka.seeder.rows;

/**
 * Pairs of a thing and a customer, each at most once, the first things in most of them.
 *
 * <p>In the order of the things their pairs stand side by side, fewer for each than there are customers; and customers are dealt
 * out so that none comes back before all others had their turn. So no pair needs to be remembered.
 */
public final class Pairs {

    private final int count;
    private final int things;
    private final Shuffle order;
    private final Shuffle customers;

    /**
     * @param wanted how many there shall be; there are fewer where things and customers are too few
     * @param things at least 1
     * @param customers at least 1
     */
    public Pairs(int wanted, int things, int customers) {
        // The first thing is in count / sqrt(things) pairs.
        this.count = (int) Math.min(wanted, (long) customers * (int) Math.sqrt(things));
        this.things = things;
        this.order = new Shuffle(Math.max(1, count));
        this.customers = new Shuffle(customers);
    }

    public int count() {
        return count;
    }

    /** An index below the number of things. Pairs count from 0. */
    public int thing(long pair) {
        long place = order.at(pair);
        return (int) (place * place * things / ((long) count * count));
    }

    /** An index below the number of customers. */
    public int customer(long pair) {
        return customers.at(order.at(pair));
    }
}
