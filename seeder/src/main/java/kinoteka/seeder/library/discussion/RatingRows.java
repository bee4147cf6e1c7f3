package kinoteka.seeder.library.discussion;

import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.rows.UniquePairs;

/**
 * Ratings: first those of movies, then those of publications, which are a tenth of all. Every movie and publication has a
 * quality of its own, and its ratings differ from that by one star at most.
 */
final class RatingRows implements Rows {

    private static final int RATINGS_PER_RATING_OF_A_PUBLICATION = 10;
    private static final int MAX_STARS = 5;

    private final long randomSeed;
    private final long[] customers;
    private final long[] movies;
    private final long[] publications;
    private final Period activity;
    private final UniquePairs ofMovies;
    private final UniquePairs ofPublications;

    RatingRows(long randomSeed, long[] customers, long[] movies, long[] publications, Period activity, int wanted) {
        this.randomSeed = randomSeed;
        this.customers = customers;
        this.movies = movies;
        this.publications = publications;
        this.activity = activity;
        int forPublications = wanted / RATINGS_PER_RATING_OF_A_PUBLICATION;
        this.ofMovies = new UniquePairs(wanted - forPublications, movies.length, customers.length);
        this.ofPublications = new UniquePairs(forPublications, publications.length, customers.length);
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
        RowRandom random = new RowRandom(randomSeed, "ratings", id);
        if (pair < ofMovies.count()) {
            writeOfMovie(pair, random, row);
        } else {
            writeOfPublication(pair - ofMovies.count(), random, row);
        }
        row.endRow();
    }

    private void writeOfMovie(long pair, RowRandom random, CopyText row) {
        long movie = movies[ofMovies.item(pair)];
        row.field(customers[ofMovies.customer(pair)])
                .field(movie)
                .nullField()
                .field(stars("quality of movies", movie, random))
                .field(activity.at(random.fraction()));
    }

    private void writeOfPublication(long pair, RowRandom random, CopyText row) {
        int publication = ofPublications.item(pair);
        double publishedAt = (publication + 1.0) / publications.length;
        row.field(customers[ofPublications.customer(pair)])
                .nullField()
                .field(publications[publication])
                .field(stars("quality of publications", publications[publication], random))
                .field(activity.at(publishedAt + random.fraction() * (1 - publishedAt)));
    }

    private int stars(String name, long id, RowRandom random) {
        int quality = new RowRandom(randomSeed, name, id).between(2, MAX_STARS);
        return Math.clamp(quality + random.between(-1, 1), 1, MAX_STARS);
    }
}
