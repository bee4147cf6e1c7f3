package kinoteka.catalog.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.Test;

@CatalogIT
class RatingFollowsIT {

    @Test
    void aMoviesRatingFollowsEveryChangeOfItsRatings() throws SQLException {
        var movie = Samples.stalker();
        assertThat(rating(movie)).isEqualTo("unrated");

        var first = rate(Samples.customer(), movie, 5);
        rate(Samples.customer(), movie, 4);
        rate(Samples.customer(), movie, 4);
        assertThat(rating(movie)).isEqualTo("4.33 of 3");

        RealPostgres.ask("update ratings set stars = 1 where id = ? returning id", first);
        assertThat(rating(movie)).isEqualTo("3.00 of 3");

        RealPostgres.ask("delete from ratings where id = ? returning id", first);
        assertThat(rating(movie)).isEqualTo("4.00 of 2");
    }

    @Test
    void everyRatingCountsWhenManyCustomersRateAtTheSameMoment() throws Exception {
        var movie = Samples.stalker();
        var raters = new ArrayList<Callable<Long>>();
        for (var i = 0; i < 40; i++) {
            var customer = Samples.customer();
            var stars = 1 + i % 5;
            raters.add(() -> rate(customer, movie, stars));
        }

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var rated : threads.invokeAll(raters)) {
                rated.get();
            }
        }

        assertThat(rating(movie)).isEqualTo("3.00 of 40");
    }

    private static long rate(long customer, long movie, int stars) throws SQLException {
        return Long.parseLong(RealPostgres.ask(
                "insert into ratings (customer_id, movie_id, stars) values (?, ?, ?) returning id",
                customer,
                movie,
                stars));
    }

    private static String rating(long movie) throws SQLException {
        return RealPostgres.ask(
                "select coalesce(rating || ' of ' || rating_count, 'unrated') from movies where id = ?", movie);
    }
}
