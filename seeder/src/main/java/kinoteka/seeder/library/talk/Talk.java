package kinoteka.seeder.library.talk;

import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Portions;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.rows.TagRows;
import kinoteka.seeder.words.Prose;

/** What the customers of the made-up library say. All that they say it about is given by id, at least one of each. */
public final class Talk {

    public static final int FEWEST_TAGS = 3;

    private static final Portions TAGS = new Portions(2, 0, 1, FEWEST_TAGS);

    private final long randomSeed;
    private final Period period;
    private final Prose prose;

    public Talk(long randomSeed, Period period, Prose prose) {
        this.randomSeed = randomSeed;
        this.period = period;
        this.prose = prose;
    }

    public Rows publications(long[] authors, long[] categories, int count) {
        return new PublicationRows(randomSeed, prose, authors, categories, period, count);
    }

    /**
     * What the publications are about.
     *
     * @param tags at least {@link #FEWEST_TAGS}
     */
    public Rows tags(long[] publications, long[] tags) {
        return new TagRows(randomSeed, "publication_id", publications, tags, TAGS);
    }

    public Rows comments(long[] customers, long[] movies, long[] publications, int count) {
        return new CommentRows(randomSeed, prose, customers, movies, publications, period, count);
    }

    /**
     * Stars for films and publications.
     *
     * @param wanted how many there shall be; there are fewer where things and customers are too few
     */
    public Rows ratings(long[] customers, long[] movies, long[] publications, int wanted) {
        return new RatingRows(randomSeed, customers, movies, publications, period, wanted);
    }
}
