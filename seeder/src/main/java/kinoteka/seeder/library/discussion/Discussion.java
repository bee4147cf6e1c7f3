package kinoteka.seeder.library.discussion;

import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.rows.RowsPerOwner;
import kinoteka.seeder.rows.TagRows;
import kinoteka.seeder.words.TextGenerator;

/** Publications, comments and ratings. Every array of ids has at least one element. */
public final class Discussion {

    public static final int MIN_TAGS = 3;

    private static final RowsPerOwner TAGS_PER_PUBLICATION = new RowsPerOwner(2, 0, 1, MIN_TAGS);

    private final long randomSeed;
    private final Period activity;
    private final TextGenerator texts;

    public Discussion(long randomSeed, Period activity, TextGenerator texts) {
        this.randomSeed = randomSeed;
        this.activity = activity;
        this.texts = texts;
    }

    public Rows publications(long[] authors, long[] categories, int count) {
        return new PublicationRows(randomSeed, texts, authors, categories, activity, count);
    }

    /**
     * Returns the tags of the publications.
     *
     * @param tags at least {@link #MIN_TAGS}
     */
    public Rows publicationTags(long[] publications, long[] tags) {
        return new TagRows(randomSeed, "publication_id", publications, tags, TAGS_PER_PUBLICATION);
    }

    public Rows comments(long[] customers, long[] movies, long[] publications, int count) {
        return new CommentRows(randomSeed, texts, customers, movies, publications, activity, count);
    }

    /**
     * Returns ratings of movies and publications.
     *
     * @param wanted number of ratings; there are fewer if there are too few customers, movies and publications
     */
    public Rows ratings(long[] customers, long[] movies, long[] publications, int wanted) {
        return new RatingRows(randomSeed, customers, movies, publications, activity, wanted);
    }
}
