package kinoteka.seeder.library.film;

import java.time.Instant;
import java.time.ZoneOffset;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.rows.RowsPerOwner;
import kinoteka.seeder.rows.TagRows;
import kinoteka.seeder.words.Names;
import kinoteka.seeder.words.TextGenerator;
import kinoteka.seeder.words.TitleGenerator;

/** The films of the generated library, with staff, awards, offers and tags. Every array of ids has at least one element. */
public final class Films {

    public static final int MIN_PERSONS = Crews.MIN_PERSONS;
    public static final int MIN_CINEMAS = OfferRows.MIN_CINEMAS;
    public static final int MIN_TAGS = 4;

    private static final RowsPerOwner TAGS_PER_MOVIE = new RowsPerOwner(2, 1, 3, MIN_TAGS);
    private static final int DAYS_OF_OFFERS = 30;

    private final long randomSeed;
    private final Instant asOf;
    private final Names names;
    private final TitleGenerator titles;
    private final TextGenerator texts;

    /** @param asOf the present of the library; its newest films are of this year */
    public Films(long randomSeed, Instant asOf, Names names, TextGenerator texts) {
        this.randomSeed = randomSeed;
        this.asOf = asOf;
        this.names = names;
        this.titles = new TitleGenerator(randomSeed, names);
        this.texts = texts;
    }

    public Rows movies(int count) {
        return new MovieRows(
                randomSeed, titles, texts, asOf.atOffset(ZoneOffset.UTC).getYear(), count);
    }

    public Rows persons(int count) {
        return new PersonRows(randomSeed, names, texts, count);
    }

    /**
     * Returns the staff of the movies.
     *
     * @param persons at least {@link #MIN_PERSONS}
     * @param positions in the order of {@link kinoteka.seeder.library.reference.Position}
     */
    public Rows staff(long[] movies, long[] persons, long[] positions) {
        return new StaffRows(randomSeed, names, movies, persons, positions);
    }

    /**
     * Returns the awards of the movies and of their staff.
     *
     * @param persons the same as for {@link #staff}
     * @param nominations in the order of {@link kinoteka.seeder.library.reference.Nomination}
     */
    public Rows awards(long[] movies, long[] persons, long[] filmAwards, long[] nominations) {
        return new AwardRows(randomSeed, movies, persons, filmAwards, nominations);
    }

    /**
     * Returns the offers of the movies in cinemas.
     *
     * @param cinemas at least {@link #MIN_CINEMAS}
     */
    public Rows offers(long[] movies, long[] cinemas) {
        return new OfferRows(randomSeed, movies, cinemas, Period.daysBefore(asOf, DAYS_OF_OFFERS));
    }

    /**
     * Returns the tags of the movies.
     *
     * @param tags at least {@link #MIN_TAGS}
     */
    public Rows movieTags(long[] movies, long[] tags) {
        return new TagRows(randomSeed, "movie_id", movies, tags, TAGS_PER_MOVIE);
    }
}
