package kinoteka.seeder.library.film;

import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.rows.RowsPerOwner;

/** Offers of the films in cinemas. */
final class OfferRows implements Rows {

    static final int MIN_CINEMAS = 5;

    private static final RowsPerOwner OFFERS_PER_MOVIE = new RowsPerOwner(3, 1, MIN_CINEMAS, 2, 4);
    private static final int MAX_VIEWS = 1_000_000;

    private final long randomSeed;
    private final long[] movies;
    private final long[] cinemas;
    private final Period updates;

    /** @param cinemas at least {@link #MIN_CINEMAS} */
    OfferRows(long randomSeed, long[] movies, long[] cinemas, Period updates) {
        this.randomSeed = randomSeed;
        this.movies = movies;
        this.cinemas = cinemas;
        this.updates = updates;
    }

    @Override
    public String columns() {
        return "id, movie_id, cinema_id, price, discount, rating, view_count, updated_at";
    }

    @Override
    public int count() {
        return OFFERS_PER_MOVIE.total(movies.length);
    }

    @Override
    public void write(long id, CopyText row) {
        int movie = OFFERS_PER_MOVIE.owner(id - 1);
        int[] drawn = new RowRandom(randomSeed, "cinemas of a film", movies[movie])
                .distinctBelow(cinemas.length, OFFERS_PER_MOVIE.size(movie));
        RowRandom random = new RowRandom(randomSeed, "cinema_offers", id);
        row.field(id)
                .field(movies[movie])
                .field(cinemas[drawn[OFFERS_PER_MOVIE.indexWithinOwner(id - 1)]])
                .money(random.between(1, 6) * 100_00L - 1_00)
                .field(random.percent(30) ? 5 * random.between(1, 10) : 0)
                .field(random.between(2, 5))
                .field(random.skewedBelow(MAX_VIEWS))
                .field(updates.at(random.fraction()))
                .endRow();
    }
}
