package kinoteka.seeder.library.film;

import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.TitleGenerator;

/** Films. One of a hundred has the same title and year as another one, as it happens with real films. */
final class MovieRows implements Rows {

    private static final int MOVIES_PER_DUPLICATE = 100;
    private static final int OLDEST_YEAR = 1920;

    private final long randomSeed;
    private final TitleGenerator titles;
    private final int newestYear;
    private final int count;

    MovieRows(long randomSeed, TitleGenerator titles, int newestYear, int count) {
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
        RowRandom random = new RowRandom(randomSeed, "movies", original(id));
        int minutes = new RowRandom(randomSeed, "durations", id).between(60, 200);
        row.field(id)
                .field(titles.title(Language.of(id), random))
                .field(year(id))
                .field(minutes)
                .endRow();
    }

    int year(long id) {
        int years = newestYear - OLDEST_YEAR + 1;
        return newestYear - new RowRandom(randomSeed, "years", original(id)).skewedBelow(years);
    }

    /** Returns the id of the film whose title and year this one has. A duplicate has the same language as its original. */
    private static long original(long id) {
        return id % MOVIES_PER_DUPLICATE == 0 ? id - 2 : id;
    }
}
