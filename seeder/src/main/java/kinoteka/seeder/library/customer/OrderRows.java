package kinoteka.seeder.library.customer;

import java.util.List;
import java.util.UUID;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.rows.UniquePairs;

/** Orders in chronological order. No customer orders the same offer twice. */
final class OrderRows implements Rows {

    private static final long ODD_MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
    private static final long LOWEST_62_BITS = -1L >>> 2;
    private static final long UUID_VERSION_4 = 0x4000L;
    private static final long UUID_VARIANT_2 = 0x8000_0000_0000_0000L;

    private final long randomSeed;
    private final List<Offer> offers;
    private final long[] customers;
    private final Period activity;
    private final UniquePairs pairs;

    OrderRows(long randomSeed, List<Offer> offers, long[] customers, Period activity, int wanted) {
        this.randomSeed = randomSeed;
        this.offers = offers;
        this.customers = customers;
        this.activity = activity;
        this.pairs = new UniquePairs(wanted, offers.size(), customers.length);
    }

    @Override
    public String columns() {
        return "id, cinema_order_id, customer_id, movie_id, cinema_id, price, ordered_at";
    }

    @Override
    public int count() {
        return pairs.count();
    }

    @Override
    public void write(long id, CopyText row) {
        RowRandom random = new RowRandom(randomSeed, "orders", id);
        Offer offer = offers.get(pairs.item(id - 1));
        row.field(id)
                .field(cinemaOrderId(id).toString())
                .field(customers[pairs.customer(id - 1)])
                .field(offer.movieId())
                .field(offer.cinemaId())
                .money(offer.price())
                .field(activity.at((id - 1 + random.fraction()) / count()))
                .endRow();
    }

    /** Returns a UUID that no other order has: products of different ids and an odd number differ in their lowest 62 bits. */
    private static UUID cinemaOrderId(long id) {
        long product = id * ODD_MULTIPLIER;
        return new UUID(
                (Long.rotateLeft(product, 29) & ~0xF000L) | UUID_VERSION_4,
                (product & LOWEST_62_BITS) | UUID_VARIANT_2);
    }
}
