package kinoteka.seeder.library;

import java.time.Instant;
import kinoteka.seeder.library.customer.Customers;
import kinoteka.seeder.library.discussion.Discussion;
import kinoteka.seeder.library.film.Films;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.words.Names;
import kinoteka.seeder.words.TextGenerator;

/** The generated library: half Russian, half English, and always the same for the same random seed. */
public record Library(long randomSeed, Films films, Customers customers, Discussion discussion) {

    private static final int YEARS_OF_ACTIVITY = 3;

    /**
     * Generates the names; the rows are computed later.
     *
     * @param asOf the present of the library: its newest films are of this year, its last sessions start just before
     */
    public static Library generate(long randomSeed, Instant asOf) {
        Names names = Names.generate(randomSeed);
        TextGenerator texts = new TextGenerator(names);
        Period activity = Period.daysBefore(asOf, YEARS_OF_ACTIVITY * 365);
        return new Library(
                randomSeed,
                new Films(randomSeed, asOf, names, texts),
                new Customers(randomSeed, activity, names, texts),
                new Discussion(randomSeed, activity, texts));
    }
}
