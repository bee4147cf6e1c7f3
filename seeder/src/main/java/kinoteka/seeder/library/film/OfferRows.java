package kinoteka.seeder.library.film;

import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Portions;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Dice;

/** Where the films can be watched, and for how much. */
final class OfferRows implements Rows {

    /** How many cinemas it takes at least. */
    static final int FEWEST_CINEMAS = 5;

    private static final Portions OFFERS = new Portions(3, 1, FEWEST_CINEMAS, 2, 4);
    private static final int MOST_VIEWS = 1_000_000;

    private final long randomSeed;
    private final long[] movies;
    private final long[] cinemas;
    private final Period updates;

    /** @param cinemas at least {@link #FEWEST_CINEMAS} */
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
        return OFFERS.total(movies.length);
    }

    @Override
    public void write(long id, CopyText row) {
        int movie = OFFERS.owner(id - 1);
        int[] drawn =
                new Dice(randomSeed, "cinemas of a film", movies[movie]).several(OFFERS.size(movie), cinemas.length);
        Dice dice = new Dice(randomSeed, "cinema_offers", id);
        row.field(id)
                .field(movies[movie])
                .field(cinemas[drawn[OFFERS.place(id - 1)]])
                .money(dice.between(1, 6) * 100_00L - 1_00)
                .field(dice.percent(30) ? 5 * dice.between(1, 10) : 0)
                .field(dice.between(2, 5))
                .field(dice.popularBelow(MOST_VIEWS))
                .field(updates.at(dice.share()))
                .endRow();
    }
}
