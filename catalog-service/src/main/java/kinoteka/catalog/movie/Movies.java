package kinoteka.catalog.movie;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads movies. Empty means there is no such movie; it is never used for a failure. */
@Repository
class Movies {

    private static final String IN_LIST_ORDER = """
              from movies
             where (-year, title, id) > (:negatedYear, :title, :id)
             order by -year, title, id
             limit :limit offset :offset
            """;

    /** Newest first, then by title. */
    static final Listing<AfterMovie, Movie> NEWEST_FIRST = new Listing<>(
            new AfterMovie(Short.MIN_VALUE, "", 0),
            "select -year, title, id" + IN_LIST_ORDER,
            AfterMovie::of,
            "select id, title, year, duration_minutes" + IN_LIST_ORDER,
            Movies::movie);

    private final PrimaryDatabase database;

    Movies(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<Movie> byId(long id) {
        return database.client()
                .sql("select id, title, year, duration_minutes from movies where id = :id")
                .bind("id", id)
                .map(Movies::movie)
                .one();
    }

    private static Movie movie(Readable row) {
        return new Movie(
                requireNonNull(row.get(0, Long.class)),
                requireNonNull(row.get(1, String.class)),
                requireNonNull(row.get(2, Short.class)),
                requireNonNull(row.get(3, Integer.class)));
    }

    /** Where a page of movies begins; the year is negated, as the index has it. */
    record AfterMovie(int negatedYear, String title, long id) {

        static AfterMovie of(Readable row) {
            return new AfterMovie(
                    requireNonNull(row.get(0, Short.class)),
                    requireNonNull(row.get(1, String.class)),
                    requireNonNull(row.get(2, Long.class)));
        }
    }
}
