package kinoteka.seeder.library.talk;

import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Pairs;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Dice;

/** Stars, first those of the films, then a tenth for publications. Some films are better than others. */
final class RatingRows implements Rows {

    private static final int ONE_OF_A_PUBLICATION = 10;
    private static final int MOST_STARS = 5;

    private final long randomSeed;
    private final long[] customers;
    private final long[] movies;
    private final long[] publications;
    private final Period period;
    private final Pairs ofMovies;
    private final Pairs ofPublications;

    RatingRows(long randomSeed, long[] customers, long[] movies, long[] publications, Period period, int wanted) {
        this.randomSeed = randomSeed;
        this.customers = customers;
        this.movies = movies;
        this.publications = publications;
        this.period = period;
        int forPublications = wanted / ONE_OF_A_PUBLICATION;
        this.ofMovies = new Pairs(wanted - forPublications, movies.length, customers.length);
        this.ofPublications = new Pairs(forPublications, publications.length, customers.length);
    }

    @Override
    public String columns() {
        return "id, customer_id, movie_id, publication_id, stars, created_at";
    }

    @Override
    public int count() {
        return ofMovies.count() + ofPublications.count();
    }

    @Override
    public void write(long id, CopyText row) {
        long pair = id - 1;
        row.field(id);
        Dice dice = new Dice(randomSeed, "ratings", id);
        if (pair < ofMovies.count()) {
            long movie = movies[ofMovies.thing(pair)];
            row.field(customers[ofMovies.customer(pair)])
                    .field(movie)
                    .nothing()
                    .field(stars("quality of movies", movie, dice))
                    .field(period.at(dice.share()));
        } else {
            pair -= ofMovies.count();
            int publication = ofPublications.thing(pair);
            double written = (publication + 1.0) / publications.length;
            row.field(customers[ofPublications.customer(pair)])
                    .nothing()
                    .field(publications[publication])
                    .field(stars("quality of publications", publications[publication], dice))
                    .field(period.at(written + dice.share() * (1 - written)));
        }
        row.endRow();
    }

    private int stars(String quality, long thing, Dice dice) {
        int deserved = new Dice(randomSeed, quality, thing).between(2, MOST_STARS);
        return Math.clamp(deserved + dice.between(-1, 1), 1, MOST_STARS);
    }
}
