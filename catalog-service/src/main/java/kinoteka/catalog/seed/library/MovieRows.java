package kinoteka.catalog.seed.library;

import java.time.Instant;
import java.time.ZoneOffset;
import kinoteka.catalog.seed.words.Dice;
import kinoteka.catalog.seed.words.Titles;

/** Films: odd ids have Russian titles, even ones English. Some share title and year with another, as real ones do. */
final class MovieRows implements Rows {

    private static final int EVERY_REMAKE = 100;
    private static final int OLDEST_YEAR = 1920;

    private final long randomSeed;
    private final Titles titles;
    private final int newestYear;

    MovieRows(long randomSeed, Titles titles, Instant asOf) {
        this.randomSeed = randomSeed;
        this.titles = titles;
        this.newestYear = asOf.atOffset(ZoneOffset.UTC).getYear();
    }

    @Override
    public String columns() {
        return "id, title, year, duration_minutes";
    }

    @Override
    public void write(long id, CopyText row) {
        // Of the same language as the original: two ids before.
        long headingOf = id % EVERY_REMAKE == 0 ? id - 2 : id;
        Dice dice = new Dice(randomSeed, "movies", headingOf);
        String title = headingOf % 2 == 0 ? titles.english(dice) : titles.russian(dice);
        int year = newestYear - dice.popularBelow(newestYear - OLDEST_YEAR + 1);
        int minutes = new Dice(randomSeed, "durations", id).between(60, 200);
        row.field(id).field(title).field(year).field(minutes).endRow();
    }
}
