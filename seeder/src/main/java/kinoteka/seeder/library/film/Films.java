package kinoteka.seeder.library.film;

import java.time.Instant;
import java.time.ZoneOffset;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Portions;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.rows.TagRows;
import kinoteka.seeder.words.People;
import kinoteka.seeder.words.Prose;
import kinoteka.seeder.words.Titles;

/** The films of the made-up library and all that belongs to them. Its newest ones are of the year in which it is looked at. */
public final class Films {

    public static final int FEWEST_PERSONS = Crews.FEWEST_PERSONS;
    public static final int FEWEST_CINEMAS = OfferRows.FEWEST_CINEMAS;
    public static final int FEWEST_TAGS = 4;

    private static final Portions TAGS = new Portions(2, 1, 3, FEWEST_TAGS);

    private final long randomSeed;
    private final Instant asOf;
    private final People people;
    private final Titles titles;
    private final Prose prose;

    public Films(long randomSeed, Instant asOf, People people, Prose prose) {
        this.randomSeed = randomSeed;
        this.asOf = asOf;
        this.people = people;
        this.titles = new Titles(randomSeed, people);
        this.prose = prose;
    }

    public Rows movies(int count) {
        return headings(count);
    }

    /** For the first so many films. */
    public Rows details(int count) {
        return new DetailRows(randomSeed, headings(count), titles, prose);
    }

    public Rows persons(int count) {
        return new PersonRows(randomSeed, people, prose, count);
    }

    /**
     * Who makes which film.
     *
     * @param persons at least {@link #FEWEST_PERSONS}
     */
    public Rows staff(long[] movies, long[] persons, long[] positions) {
        return new StaffRows(randomSeed, people, movies, persons, positions);
    }

    /**
     * What the films won, and who in them.
     *
     * @param persons those of the staff
     */
    public Rows awards(long[] movies, long[] persons, long[] filmAwards, long[] nominations) {
        return new AwardRows(randomSeed, movies, persons, filmAwards, nominations);
    }

    /**
     * Where the films can be watched.
     *
     * @param cinemas at least {@link #FEWEST_CINEMAS}
     */
    public Rows offers(long[] movies, long[] cinemas) {
        return new OfferRows(randomSeed, movies, cinemas, Period.daysBefore(asOf, 30));
    }

    /**
     * Of which kind the films are.
     *
     * @param tags at least {@link #FEWEST_TAGS}
     */
    public Rows tags(long[] movies, long[] tags) {
        return new TagRows(randomSeed, "movie_id", movies, tags, TAGS);
    }

    private MovieRows headings(int count) {
        return new MovieRows(randomSeed, titles, asOf.atOffset(ZoneOffset.UTC).getYear(), count);
    }
}
