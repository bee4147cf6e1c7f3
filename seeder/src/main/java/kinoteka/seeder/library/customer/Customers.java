package kinoteka.seeder.library.customer;

import java.util.List;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Names;
import kinoteka.seeder.words.TextGenerator;

/** The customers of the generated library, their sessions and their orders. */
public final class Customers {

    private static final int YEARS_OF_REGISTRATION = 5;

    private final long randomSeed;
    private final Period activity;
    private final Names names;
    private final TextGenerator texts;

    /** @param activity the period of sessions and orders; customers register before it */
    public Customers(long randomSeed, Period activity, Names names, TextGenerator texts) {
        this.randomSeed = randomSeed;
        this.activity = activity;
        this.names = names;
        this.texts = texts;
    }

    public Rows customers(int count) {
        Period registration = Period.daysBefore(activity.start(), YEARS_OF_REGISTRATION * 365);
        return new CustomerRows(randomSeed, names, texts, registration, count);
    }

    /**
     * Returns sessions of existing movies and customers.
     *
     * @param movies at least one
     * @param customers ids, at least one
     */
    public Rows sessions(List<MovieSummary> movies, long[] customers, int count) {
        return new SessionRows(randomSeed, movies, customers, activity, count);
    }

    /**
     * Returns orders of existing offers and customers.
     *
     * @param offers at least one
     * @param customers ids, at least one
     * @param wanted number of orders; there are fewer if there are too few offers and customers
     */
    public Rows orders(List<Offer> offers, long[] customers, int wanted) {
        return new OrderRows(randomSeed, offers, customers, activity, wanted);
    }
}
