package kinoteka.seeder.library;

import java.time.Instant;
import kinoteka.seeder.library.film.Films;
import kinoteka.seeder.library.talk.Talk;
import kinoteka.seeder.library.viewer.Viewers;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.words.People;
import kinoteka.seeder.words.Prose;

/** The made-up library: half Russian, half English, the same for the same random seed. */
public record Library(long randomSeed, Films films, Viewers viewers, Talk talk) {

    private static final int YEARS = 3;

    /**
     * Draws its words.
     *
     * @param asOf when it is looked at: its newest films are of that year, its last sessions just before it
     */
    public static Library of(long randomSeed, Instant asOf) {
        People people = People.drawnFrom(randomSeed);
        Prose prose = new Prose(people);
        Period busy = Period.daysBefore(asOf, YEARS * 365);
        return new Library(
                randomSeed,
                new Films(randomSeed, asOf, people, prose),
                new Viewers(randomSeed, busy, people, prose),
                new Talk(randomSeed, busy, prose));
    }
}
