package kinoteka.seeder.library.viewer;

import java.util.List;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.People;
import kinoteka.seeder.words.Prose;

/** The customers of the made-up library and what they do in it. */
public final class Viewers {

    private static final int YEARS_OF_REGISTERING = 5;

    private final long randomSeed;
    private final Period busy;
    private final People people;
    private final Prose prose;

    /** @param busy when they watch and order; they registered before */
    public Viewers(long randomSeed, Period busy, People people, Prose prose) {
        this.randomSeed = randomSeed;
        this.busy = busy;
        this.people = people;
        this.prose = prose;
    }

    public Rows customers(int count) {
        Period registering = Period.daysBefore(busy.start(), YEARS_OF_REGISTERING * 365);
        return new CustomerRows(randomSeed, people, registering, count);
    }

    /** For some of the first so many customers. */
    public Rows bios(int customers) {
        return new BioRows(randomSeed, prose, customers);
    }

    /**
     * Sessions of the movies and customers that there are.
     *
     * @param movies at least one
     * @param customers ids, at least one
     */
    public Rows sessions(List<Heading> movies, long[] customers, int count) {
        return new SessionRows(randomSeed, movies, customers, busy, count);
    }

    /**
     * Orders of what is offered.
     *
     * @param offers at least one
     * @param customers ids, at least one
     * @param wanted how many there shall be; there are fewer where offers and customers are too few
     */
    public Rows orders(List<Offer> offers, long[] customers, int wanted) {
        return new OrderRows(randomSeed, offers, customers, busy, wanted);
    }
}
