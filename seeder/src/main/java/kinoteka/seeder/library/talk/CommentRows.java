package kinoteka.seeder.library.talk;

import java.time.Instant;
import java.util.Set;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Dice;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.Prose;

/**
 * Comments, in the order of their time. They come in talks of eight about one thing, sixteen talks at a time: comment 17 goes on
 * with what comment 1 began. So a reply knows the ids of what was said before it.
 */
final class CommentRows implements Rows {

    private static final int TALKS = 16;
    private static final int LENGTH = 8;
    private static final Set<Integer> REPLIES = Set.of(3, 6); // a quarter

    private static final int PERCENT_ABOUT_PUBLICATIONS = 25;
    private static final int PERCENT_CHANGED = 5;

    private final long randomSeed;
    private final Prose prose;
    private final long[] customers;
    private final long[] movies;
    private final long[] publications;
    private final Period period;
    private final int count;

    CommentRows(
            long randomSeed,
            Prose prose,
            long[] customers,
            long[] movies,
            long[] publications,
            Period period,
            int count) {
        this.randomSeed = randomSeed;
        this.prose = prose;
        this.customers = customers;
        this.movies = movies;
        this.publications = publications;
        this.period = period;
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
        long block = (id - 1) / (TALKS * LENGTH);
        int place = (int) ((id - 1) % (TALKS * LENGTH)) / TALKS;
        boolean reply = REPLIES.contains(place);
        long begun = 1 + block * TALKS * LENGTH + (id - 1) % TALKS;
        Dice dice = new Dice(randomSeed, "comments", id);
        row.field(id).field(customers[dice.below(customers.length)]);
        if (reply) {
            row.field(begun + (long) dice.below(place) * TALKS);
        } else {
            row.nothing();
        }
        Language language = writeThing(begun, row);
        Instant created = period.at((id - 1 + dice.share()) / count);
        row.field(reply ? prose.answer(language, dice) : prose.comment(language, dice))
                .field(created);
        if (dice.percent(PERCENT_CHANGED)) {
            row.field(created.plusSeconds(dice.between(10, 600)));
        } else {
            row.nothing();
        }
        row.endRow();
    }

    /** Writes what a talk is about, a publication only once it is written, and tells in which language it is. */
    private Language writeThing(long begun, CopyText row) {
        Dice dice = new Dice(randomSeed, "talks", begun);
        int published = (int) ((begun - 1) * publications.length / count);
        if (published > 0 && dice.percent(PERCENT_ABOUT_PUBLICATIONS)) {
            long publication = publications[published - 1 - dice.popularBelow(published)]; // the news first
            row.nothing().field(publication);
            return Language.of(publication);
        }
        long movie = movies[dice.popularBelow(movies.length)];
        row.field(movie).nothing();
        return Language.of(movie);
    }
}
