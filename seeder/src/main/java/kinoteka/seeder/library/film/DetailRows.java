package kinoteka.seeder.library.film;

import java.util.List;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Countries;
import kinoteka.seeder.words.Dice;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.Prose;
import kinoteka.seeder.words.Titles;

/** What is known of a film besides its heading. A third of those with Russian titles are foreign ones. */
final class DetailRows implements Rows {

    private static final List<String> AGE_RATINGS = List.of("0+", "6+", "12+", "16+", "18+");
    private static final int END_OF_THE_USSR = 1991;
    private static final int PERCENT_WITH_FIGURES = 80;

    private final long randomSeed;
    private final MovieRows movies;
    private final Titles titles;
    private final Prose prose;

    DetailRows(long randomSeed, MovieRows movies, Titles titles, Prose prose) {
        this.randomSeed = randomSeed;
        this.movies = movies;
        this.titles = titles;
        this.prose = prose;
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
        Dice dice = new Dice(randomSeed, "film details", id);
        row.field(id);
        if (Language.of(id) == Language.ENGLISH) {
            row.nothing().field(Isan.of(id)).field(Countries.country(Language.ENGLISH, dice));
        } else if (dice.percent(33)) {
            row.field(titles.title(Language.ENGLISH, dice))
                    .field(Isan.of(id))
                    .field(Countries.country(Language.ENGLISH, dice));
        } else {
            String today = Countries.country(Language.RUSSIAN, dice);
            row.nothing().field(Isan.of(id)).field(movies.year(id) > END_OF_THE_USSR ? today : Countries.USSR);
        }
        row.field(dice.oneOf(AGE_RATINGS));
        writeFigures(dice, row);
        row.field(prose.synopsis(Language.of(id), dice)).endRow();
    }

    /** Budget and box office, in round numbers; unknown for some. */
    private static void writeFigures(Dice dice, CopyText row) {
        if (dice.percent(PERCENT_WITH_FIGURES)) {
            long thousands = 100L + dice.popularBelow(200_000);
            row.money(thousands * 1_000_00).money(thousands * dice.between(10, 600) * 10_00);
        } else {
            row.nothing().nothing();
        }
    }
}
