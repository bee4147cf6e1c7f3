package kinoteka.catalog.session;

import io.r2dbc.spi.Readable;
import java.util.Set;
import kinoteka.catalog.batch.BatchSource;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and writes sessions. An empty result means that there is no such session; a failure is never reported as empty. */
@Repository
class Sessions implements BatchSource<Session> {

    static final String TABLE = "sessions";

    /** Subqueries rather than joins, so that no query plan reads a whole table before the first session is sent. */
    private static final String SESSION = """
            id, started_at,
                   customer_id, (select username from customers where customers.id = customer_id),
                   movie_id, movie_title, movie_year,
                   (select duration_minutes from movies where movies.id = movie_id)
            """;

    /** Ordered by year of the movie, newest first, then by title, customer and session, newest first. */
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

    Mono<Session> findById(long id) {
        return database.client()
                .sql("select " + SESSION + " from sessions where id = :id")
                .bind("id", id)
                .map(row -> Session.of(new Columns(row)))
                .one();
    }

    @Override
    public String name() {
        return "session";
    }

    @Override
    public Flux<Session> findByIds(Set<Long> ids) {
        return database.client()
                .sql("select " + SESSION + " from sessions where id = any(:ids)")
                .bind("ids", ids.toArray(Long[]::new))
                .map(row -> Session.of(new Columns(row)))
                .all();
    }

    @Override
    public long id(Session session) {
        return session.id();
    }

    /**
     * Inserts a session; empty if there is no such movie. The movie's key is locked, so that the copies of its year and title
     * are up to date when the transaction commits.
     */
    Mono<Session> create(NewSession session) {
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

    Mono<Void> delete(long id) {
        return database.client()
                .sql("delete from sessions where id = :id")
                .bind("id", id)
                .then();
    }

    /** The position after which a page begins; year and id are negated, as they are in the index. */
    record AfterSession(int negatedYear, String title, long customer, long negatedId) {

        static AfterSession of(Readable columns) {
            var row = new Columns(columns);
            return new AfterSession(row.integer(), row.text(), row.id(), row.id());
        }
    }
}
