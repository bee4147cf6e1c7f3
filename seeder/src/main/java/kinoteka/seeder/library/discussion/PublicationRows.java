package kinoteka.seeder.library.discussion;

import java.time.Instant;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.TextGenerator;

/** Publications in chronological order, distributed evenly over the period. */
final class PublicationRows implements Rows {

    private static final int PERCENT_CHANGED = 20;

    private final long randomSeed;
    private final TextGenerator texts;
    private final long[] authors;
    private final long[] categories;
    private final Period activity;
    private final int count;

    PublicationRows(
            long randomSeed, TextGenerator texts, long[] authors, long[] categories, Period activity, int count) {
        this.randomSeed = randomSeed;
        this.texts = texts;
        this.authors = authors;
        this.categories = categories;
        this.activity = activity;
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
        RowRandom random = new RowRandom(randomSeed, "publications", id);
        Language language = Language.of(id);
        Instant created = activity.at((id - 1 + random.fraction()) / count);
        row.field(id)
                .field(texts.headline(language, random))
                .field(texts.article(language, random))
                .field(authors[random.skewedBelow(authors.length)])
                .field(categories[random.below(categories.length)])
                .field(created)
                .field(random.percent(PERCENT_CHANGED) ? created.plusSeconds(random.between(60, 3600)) : created)
                .endRow();
    }
}
