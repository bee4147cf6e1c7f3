package kinoteka.seeder.library.film;

import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Dice;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.Titles;

/** Films. Some share title and year with another, as real ones do. */
final class MovieRows implements Rows {

    private static final int EVERY_REMAKE = 100;
    private static final int OLDEST_YEAR = 1920;

    private final long randomSeed;
    private final Titles titles;
    private final int newestYear;
    private final int count;

    MovieRows(long randomSeed, Titles titles, int newestYear, int count) {
        this.randomSeed = randomSeed;
        this.titles = titles;
        this.newestYear = newestYear;
        this.count = count;
    }

    @Override
    public String columns() {
        return "id, title, year, duration_minutes";
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void write(long id, CopyText row) {
        Dice dice = new Dice(randomSeed, "movies", headingOf(id));
        int minutes = new Dice(randomSeed, "durations", id).between(60, 200);
        row.field(id)
                .field(titles.title(Language.of(id), dice))
                .field(year(id))
                .field(minutes)
                .endRow();
    }

    int year(long id) {
        int years = newestYear - OLDEST_YEAR + 1;
        return newestYear - new Dice(randomSeed, "years", headingOf(id)).popularBelow(years);
    }

    /** Whose title and year the film bears: of the same language as the original, two ids before. */
    private static long headingOf(long id) {
        return id % EVERY_REMAKE == 0 ? id - 2 : id;
    }
}
