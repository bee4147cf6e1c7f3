package kinoteka.catalog.seed.library;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kinoteka.catalog.seed.words.Dice;

/** Viewing sessions of the last three years. A few films have most of them. */
final class SessionRows implements Rows {

    static final Duration SPAN = Duration.ofDays(3 * 365);

    private final long randomSeed;
    private final List<byte[]> headings;
    private final long[] customers;
    private final long firstSecond;

    /**
     * @param movies what a session repeats of its movie, at least one
     * @param customers ids, at least one
     */
    SessionRows(long randomSeed, List<Heading> movies, long[] customers, Instant asOf) {
        this.randomSeed = randomSeed;
        this.headings = movies.stream().map(Heading::encoded).toList();
        this.customers = customers;
        this.firstSecond = asOf.minus(SPAN).getEpochSecond();
    }

    @Override
    public String columns() {
        return "id, movie_id, movie_year, movie_title, customer_id, started_at";
    }

    @Override
    public void write(long id, CopyText row) {
        Dice dice = new Dice(randomSeed, "sessions", id);
        long second = firstSecond + dice.below((int) SPAN.toSeconds());
        row.field(id)
                .encoded(headings.get(dice.popularBelow(headings.size())))
                .field(customers[dice.below(customers.length)])
                .field(Instant.ofEpochSecond(second).toString())
                .endRow();
    }
}
