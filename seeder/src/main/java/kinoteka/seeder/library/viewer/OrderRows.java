package kinoteka.seeder.library.viewer;

import java.util.List;
import java.util.UUID;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Pairs;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Dice;

/** Orders of what is offered, in the order of their time; none twice by the same customer. */
final class OrderRows implements Rows {

    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;
    private static final long LOWEST_62_BITS = -1L >>> 2;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

    private final long randomSeed;
    private final List<Offer> offers;
    private final long[] customers;
    private final Period period;
    private final Pairs pairs;

    OrderRows(long randomSeed, List<Offer> offers, long[] customers, Period period, int wanted) {
        this.randomSeed = randomSeed;
        this.offers = offers;
        this.customers = customers;
        this.period = period;
        this.pairs = new Pairs(wanted, offers.size(), customers.length);
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
        Dice dice = new Dice(randomSeed, "orders", id);
        Offer offer = offers.get(pairs.thing(id - 1));
        row.field(id)
                .field(numberAtCinema(id).toString())
                .field(customers[pairs.customer(id - 1)])
                .field(offer.movieId())
                .field(offer.cinemaId())
                .money(offer.price())
                .field(period.at((id - 1 + dice.share()) / count()))
                .endRow();
    }

    /** Unique, since different ids times an odd number differ in their lowest 62 bits. */
    private static UUID numberAtCinema(long id) {
        long scattered = id * ODD;
        return new UUID(
                (Long.rotateLeft(scattered, 29) & ~0xF000L) | VERSION_4, (scattered & LOWEST_62_BITS) | VARIANT_2);
    }
}
