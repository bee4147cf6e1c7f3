package kinoteka.catalog.session;

import io.r2dbc.spi.Readable;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes sessions. Empty means there is no such session; it is never used for a failure. */
@Repository
class Sessions {

    /** Looked up row by row rather than joined, so that no plan reads a whole table before the first session is out. */
    private static final String SESSION = """
            id, started_at,
                   customer_id, (select username from customers where customers.id = customer_id),
                   movie_id, movie_title, movie_year,
                   (select duration_minutes from movies where movies.id = movie_id)
            """;

    /** Newest movies first, then by title; in a movie by customer, the latest session first. */
    static final Listing<AfterSession, Session> BY_MOVIE = new Listing<>(
            new AfterSession(Short.MIN_VALUE, "", 0, Long.MIN_VALUE),
            "-movie_year, movie_title, customer_id, -id",
            AfterSession::of,
            SESSION,
            row -> Session.of(new Columns(row)),
            """
             from sessions
            where (-movie_year, movie_title, customer_id, -id) > (:negatedYear, :title, :customer, :negatedId)
            """);

    private final PrimaryDatabase database;

    Sessions(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<Session> byId(long id) {
        return database.client()
                .sql("select " + SESSION + " from sessions where id = :id")
                .bind("id", id)
                .map(row -> Session.of(new Columns(row)))
                .one();
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<Session> lockedById(long id) {
        return database.client()
                .sql("select " + SESSION + " from sessions where id = :id for update")
                .bind("id", id)
                .map(row -> Session.of(new Columns(row)))
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
                        select\s""" + SESSION + " from sessions")
                .bind("customer", session.customerId())
                .bind("movie", session.movieId())
                .map(row -> Session.of(new Columns(row)))
                .one();
    }

    Mono<Void> end(long id) {
        return database.client()
                .sql("delete from sessions where id = :id")
                .bind("id", id)
                .then();
    }

    /** Where a page of sessions begins; year and id are negated, as the index has them. */
    record AfterSession(int negatedYear, String title, long customer, long negatedId) {

        static AfterSession of(Readable columns) {
            var row = new Columns(columns);
            return new AfterSession(row.integer(), row.text(), row.id(), row.id());
        }
    }
}
