package kinoteka.seeder.library.film;

import java.util.List;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Countries;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.TextGenerator;
import kinoteka.seeder.words.TitleGenerator;

/**
 * Films. One of a hundred has the same title and year as another one, as it happens with real films. A third of those with a
 * Russian title are foreign.
 */
final class MovieRows implements Rows {

    private static final int MOVIES_PER_DUPLICATE = 100;
    private static final int OLDEST_YEAR = 1920;
    private static final int LAST_YEAR_OF_THE_USSR = 1991;
    private static final int PERCENT_FOREIGN = 33;
    private static final int PERCENT_WITH_BUDGET = 80;
    private static final List<String> AGE_RATINGS = List.of("0+", "6+", "12+", "16+", "18+");

    private final long randomSeed;
    private final TitleGenerator titles;
    private final TextGenerator texts;
    private final int newestYear;
    private final int count;

    MovieRows(long randomSeed, TitleGenerator titles, TextGenerator texts, int newestYear, int count) {
        this.randomSeed = randomSeed;
        this.titles = titles;
        this.texts = texts;
        this.newestYear = newestYear;
        this.count = count;
    }

    @Override
    public String columns() {
        return "id, title, year, duration_minutes, isan, title_original, country, age_rating, budget, box_office, synopsis";
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void write(long id, CopyText row) {
        Language language = Language.of(id);
        int year = year(id);
        row.field(id)
                .field(titles.title(language, new RowRandom(randomSeed, "movies", original(id))))
                .field(year)
                .field(new RowRandom(randomSeed, "durations", id).between(60, 200))
                .field(Isan.of(id));
        RowRandom random = new RowRandom(randomSeed, "film details", id);
        writeOrigin(language, year, random, row);
        row.field(random.pick(AGE_RATINGS));
        writeBudgetAndBoxOffice(random, row);
        row.field(texts.synopsis(language, random)).endRow();
    }

    /** Writes the original title, if it is another one, and the country. */
    private void writeOrigin(Language language, int year, RowRandom random, CopyText row) {
        if (language == Language.ENGLISH) {
            row.nullField().field(Countries.country(Language.ENGLISH, random));
        } else if (random.percent(PERCENT_FOREIGN)) {
            row.field(titles.title(Language.ENGLISH, random)).field(Countries.country(Language.ENGLISH, random));
        } else {
            String today = Countries.country(Language.RUSSIAN, random);
            row.nullField().field(year > LAST_YEAR_OF_THE_USSR ? today : Countries.USSR);
        }
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

    private int year(long id) {
        int years = newestYear - OLDEST_YEAR + 1;
        return newestYear - new RowRandom(randomSeed, "years", original(id)).skewedBelow(years);
    }

    /** Returns the id of the film whose title and year this one has. A duplicate has the same language as its original. */
    private static long original(long id) {
        return id % MOVIES_PER_DUPLICATE == 0 ? id - 2 : id;
    }
}
