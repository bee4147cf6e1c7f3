package kinoteka.seeder.library.customer;

import java.util.List;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;

/** Viewing sessions. A few movies have most of them. */
final class SessionRows implements Rows {

    private final long randomSeed;
    private final List<byte[]> movies;
    private final long[] customers;
    private final Period activity;
    private final int count;

    SessionRows(long randomSeed, List<MovieSummary> movies, long[] customers, Period activity, int count) {
        this.randomSeed = randomSeed;
        this.movies = movies.stream().map(MovieSummary::encoded).toList();
        this.customers = customers;
        this.activity = activity;
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
        RowRandom random = new RowRandom(randomSeed, "sessions", id);
        row.field(id)
                .encodedFields(movies.get(random.skewedBelow(movies.size())))
                .field(customers[random.below(customers.length)])
                .field(activity.at(random.fraction()))
                .endRow();
    }
}
