package kinoteka.seeder.library.talk;

import java.time.Instant;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Dice;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.Prose;

/** Publications, in the order of their time: one in each part of the period. */
final class PublicationRows implements Rows {

    private static final int PERCENT_CHANGED = 20;

    private final long randomSeed;
    private final Prose prose;
    private final long[] authors;
    private final long[] categories;
    private final Period period;
    private final int count;

    PublicationRows(long randomSeed, Prose prose, long[] authors, long[] categories, Period period, int count) {
        this.randomSeed = randomSeed;
        this.prose = prose;
        this.authors = authors;
        this.categories = categories;
        this.period = period;
        this.count = count;
    }

    @Override
    public String columns() {
        return "id, title, text, author_id, category_id, created_at, changed_at";
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void write(long id, CopyText row) {
        Dice dice = new Dice(randomSeed, "publications", id);
        Language language = Language.of(id);
        Instant created = period.at((id - 1 + dice.share()) / count);
        row.field(id)
                .field(prose.headline(language, dice))
                .field(prose.article(language, dice))
                .field(authors[dice.popularBelow(authors.length)])
                .field(categories[dice.below(categories.length)])
                .field(created)
                .field(dice.percent(PERCENT_CHANGED) ? created.plusSeconds(dice.between(60, 3600)) : created)
                .endRow();
    }
}
