package kinoteka.catalog.session;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import kinoteka.catalog.movie.Movie;
import kinoteka.catalog.session.Session.Viewer;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes sessions. Empty means there is no such session; it is never used for a failure. */
@Repository
class Sessions {

    /** Looked up row by row rather than joined, so that no plan reads a whole table before the first session is out. */
    private static final String SESSION = """
            select id, started_at,
                   customer_id, (select username from customers where customers.id = customer_id),
                   movie_id, movie_title, movie_year,
                   (select duration_minutes from movies where movies.id = movie_id)
            """;

    private static final String IN_LIST_ORDER = """
              from sessions
             where (-movie_year, movie_title, customer_id, -id) > (:negatedYear, :title, :customer, :negatedId)
             order by -movie_year, movie_title, customer_id, -id
             limit :limit offset :offset
            """;

    /** Newest movies first, then by title; in a movie by customer, the latest session first. */
    static final Listing<AfterSession, Session> BY_MOVIE = new Listing<>(
            new AfterSession(Short.MIN_VALUE, "", 0, Long.MIN_VALUE),
            "select -movie_year, movie_title, customer_id, -id" + IN_LIST_ORDER,
            AfterSession::of,
            SESSION + IN_LIST_ORDER,
            Sessions::session);

    private final PrimaryDatabase database;

    Sessions(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<Session> byId(long id) {
        return database.client()
                .sql(SESSION + " from sessions where id = :id")
                .bind("id", id)
                .map(Sessions::session)
                .one();
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<Session> lockedById(long id) {
        return database.client()
                .sql(SESSION + " from sessions where id = :id for update")
                .bind("id", id)
                .map(Sessions::session)
                .one();
    }

    /** Empty where there is no such movie. The key is locked so that the copied year and title stay true. */
    Mono<Session> start(NewSession session) {
        return database.client()
                .sql("""
                        with sessions as (
                          insert into sessions (customer_id, movie_id, movie_year, movie_title)
                          select :customer, id, year, title from movies where id = :movie for key share
                          returning *
                        )
                        """ + SESSION + " from sessions")
                .bind("customer", session.customerId())
                .bind("movie", session.movieId())
                .map(Sessions::session)
                .one();
    }

    Mono<Void> end(long id) {
        return database.client()
                .sql("delete from sessions where id = :id")
                .bind("id", id)
                .then();
    }

    private static Session session(Readable row) {
        return new Session(
                requireNonNull(row.get(0, Long.class)),
                requireNonNull(row.get(1, Instant.class)),
                new Viewer(requireNonNull(row.get(2, Long.class)), requireNonNull(row.get(3, String.class))),
                new Movie(
                        requireNonNull(row.get(4, Long.class)),
                        requireNonNull(row.get(5, String.class)),
                        requireNonNull(row.get(6, Short.class)),
                        requireNonNull(row.get(7, Integer.class))));
    }

    /** Where a page of sessions begins; year and id are negated, as the index has them. */
    record AfterSession(int negatedYear, String title, long customer, long negatedId) {

        static AfterSession of(Readable row) {
            return new AfterSession(
                    requireNonNull(row.get(0, Short.class)),
                    requireNonNull(row.get(1, String.class)),
                    requireNonNull(row.get(2, Long.class)),
                    requireNonNull(row.get(3, Long.class)));
        }
    }
}
