package kinoteka.seeder.library.discussion;

import java.time.Instant;
import java.util.Set;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.TextGenerator;

/**
 * Comments in chronological order. They belong to threads of eight comments about one movie or publication. Sixteen threads
 * run in parallel: comment 17 continues the thread that comment 1 began. Therefore the ids of the earlier comments of a thread
 * can be computed, and a reply can refer to one of them.
 */
final class CommentRows implements Rows {

    private static final int PARALLEL_THREADS = 16;
    private static final int THREAD_LENGTH = 8;
    private static final Set<Integer> REPLY_POSITIONS = Set.of(3, 6); // a quarter of the comments

    private static final int PERCENT_ABOUT_PUBLICATIONS = 25;
    private static final int PERCENT_CHANGED = 5;

    private final long randomSeed;
    private final TextGenerator texts;
    private final long[] customers;
    private final long[] movies;
    private final long[] publications;
    private final Period activity;
    private final int count;

    CommentRows(
            long randomSeed,
            TextGenerator texts,
            long[] customers,
            long[] movies,
            long[] publications,
            Period activity,
            int count) {
        this.randomSeed = randomSeed;
        this.texts = texts;
        this.customers = customers;
        this.movies = movies;
        this.publications = publications;
        this.activity = activity;
        this.count = count;
    }

    @Override
    public String columns() {
        return "id, customer_id, parent_id, movie_id, publication_id, text, created_at, changed_at";
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void write(long id, CopyText row) {
        long block = (id - 1) / (PARALLEL_THREADS * THREAD_LENGTH);
        int position = (int) ((id - 1) % (PARALLEL_THREADS * THREAD_LENGTH)) / PARALLEL_THREADS;
        boolean reply = REPLY_POSITIONS.contains(position);
        long firstOfThread = 1 + block * PARALLEL_THREADS * THREAD_LENGTH + (id - 1) % PARALLEL_THREADS;
        RowRandom random = new RowRandom(randomSeed, "comments", id);
        row.field(id).field(customers[random.below(customers.length)]);
        if (reply) {
            row.field(firstOfThread + (long) random.below(position) * PARALLEL_THREADS);
        } else {
            row.nullField();
        }
        Language language = writeSubject(firstOfThread, row);
        Instant created = activity.at((id - 1 + random.fraction()) / count);
        row.field(reply ? texts.reply(language, random) : texts.comment(language, random))
                .field(created);
        if (random.percent(PERCENT_CHANGED)) {
            row.field(created.plusSeconds(random.between(10, 600)));
        } else {
            row.nullField();
        }
        row.endRow();
    }

    /**
     * Writes the movie or the publication that the thread is about, and returns its language. Only publications that are
     * older than the thread are chosen, recent ones more often.
     */
    private Language writeSubject(long firstOfThread, CopyText row) {
        RowRandom random = new RowRandom(randomSeed, "talks", firstOfThread);
        int published = (int) ((firstOfThread - 1) * publications.length / count);
        if (published > 0 && random.percent(PERCENT_ABOUT_PUBLICATIONS)) {
            long publication = publications[published - 1 - random.skewedBelow(published)];
            row.nullField().field(publication);
            return Language.of(publication);
        }
        long movie = movies[random.skewedBelow(movies.length)];
        row.field(movie).nullField();
        return Language.of(movie);
    }
}
