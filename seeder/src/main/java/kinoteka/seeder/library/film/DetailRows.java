package kinoteka.seeder.library.film;

import java.util.List;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Countries;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.TextGenerator;
import kinoteka.seeder.words.TitleGenerator;

/** Further columns of the films. A third of the films with a Russian title are foreign ones. */
final class DetailRows implements Rows {

    private static final List<String> AGE_RATINGS = List.of("0+", "6+", "12+", "16+", "18+");
    private static final int LAST_YEAR_OF_THE_USSR = 1991;
    private static final int PERCENT_FOREIGN = 33;
    private static final int PERCENT_WITH_BUDGET = 80;

    private final long randomSeed;
    private final MovieRows movies;
    private final TitleGenerator titles;
    private final TextGenerator texts;

    DetailRows(long randomSeed, MovieRows movies, TitleGenerator titles, TextGenerator texts) {
        this.randomSeed = randomSeed;
        this.movies = movies;
        this.titles = titles;
        this.texts = texts;
    }

    @Override
    public String columns() {
        return "id, title_original, isan, country, age_rating, budget, box_office, synopsis";
    }

    @Override
    public int count() {
        return movies.count();
    }

    @Override
    public void write(long id, CopyText row) {
        RowRandom random = new RowRandom(randomSeed, "film details", id);
        row.field(id);
        if (Language.of(id) == Language.ENGLISH) {
            row.nullField().field(Isan.of(id)).field(Countries.country(Language.ENGLISH, random));
        } else if (random.percent(PERCENT_FOREIGN)) {
            row.field(titles.title(Language.ENGLISH, random))
                    .field(Isan.of(id))
                    .field(Countries.country(Language.ENGLISH, random));
        } else {
            String today = Countries.country(Language.RUSSIAN, random);
            row.nullField().field(Isan.of(id)).field(movies.year(id) > LAST_YEAR_OF_THE_USSR ? today : Countries.USSR);
        }
        row.field(random.pick(AGE_RATINGS));
        writeBudgetAndBoxOffice(random, row);
        row.field(texts.synopsis(Language.of(id), random)).endRow();
    }

    /** Writes both in round numbers, or null for some films. */
    private static void writeBudgetAndBoxOffice(RowRandom random, CopyText row) {
        if (random.percent(PERCENT_WITH_BUDGET)) {
            long thousands = 100L + random.skewedBelow(200_000);
            row.money(thousands * 1_000_00).money(thousands * random.between(10, 600) * 10_00);
        } else {
            row.nullField().nullField();
        }
    }
}
