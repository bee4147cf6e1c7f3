package kinoteka.catalog.seed.library;

import java.time.Instant;
import java.util.List;
import kinoteka.catalog.seed.words.People;
import kinoteka.catalog.seed.words.Titles;

/** The made-up library: half Russian, half English, the same for the same random seed. */
public final class Library {

    private final long randomSeed;
    private final Instant asOf;
    private final People people;

    /** @param asOf when it is looked at: its newest films are of that year, its last sessions just before it */
    public Library(long randomSeed, Instant asOf) {
        this.randomSeed = randomSeed;
        this.asOf = asOf;
        this.people = People.drawnFrom(randomSeed);
    }

    public long randomSeed() {
        return randomSeed;
    }

    public Rows movies() {
        return new MovieRows(randomSeed, new Titles(randomSeed, people), asOf);
    }

    public Rows customers() {
        return new CustomerRows(randomSeed, people, asOf);
    }

    /**
     * Sessions of the movies and customers that there are.
     *
     * @param movies at least one
     * @param customers ids, at least one
     */
    public Rows sessions(List<Heading> movies, long[] customers) {
        return new SessionRows(randomSeed, movies, customers, asOf);
    }
}
