package kinoteka.seeder.library.viewer;

import java.util.List;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Dice;

/** Viewing sessions. A few films have most of them. */
final class SessionRows implements Rows {

    private final long randomSeed;
    private final List<byte[]> headings;
    private final long[] customers;
    private final Period period;
    private final int count;

    SessionRows(long randomSeed, List<Heading> movies, long[] customers, Period period, int count) {
        this.randomSeed = randomSeed;
        this.headings = movies.stream().map(Heading::encoded).toList();
        this.customers = customers;
        this.period = period;
        this.count = count;
    }

    @Override
    public String columns() {
        return "id, movie_id, movie_year, movie_title, customer_id, started_at";
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void write(long id, CopyText row) {
        Dice dice = new Dice(randomSeed, "sessions", id);
        row.field(id)
                .encoded(headings.get(dice.popularBelow(headings.size())))
                .field(customers[dice.below(customers.length)])
                .field(period.at(dice.share()))
                .endRow();
    }
}
