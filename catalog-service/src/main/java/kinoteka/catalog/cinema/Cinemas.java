package kinoteka.catalog.cinema;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes cinemas. Empty means there is no such cinema; it is never used for a failure. */
@Repository
class Cinemas {

    /** By title. */
    static final Listing<AfterCinema, Cinema> BY_TITLE = new Listing<>(
            new AfterCinema(""),
            "title",
            row -> new AfterCinema(new Columns(row).text()),
            "id, title, url",
            row -> Cinema.of(new Columns(row)),
            " from cinemas where title > :title");

    private final PrimaryDatabase database;

    Cinemas(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<Cinema> byId(long id) {
        return one("select id, title, url from cinemas where id = :id", id);
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<Cinema> lockedById(long id) {
        return one("select id, title, url from cinemas where id = :id for update", id);
    }

    Mono<Cinema> add(CinemaEdit cinema) {
        return database.client()
                .sql("insert into cinemas (title, url) values (:title, :url) returning id, title, url")
                .bindProperties(cinema)
                .map(row -> Cinema.of(new Columns(row)))
                .one();
    }

    Mono<Cinema> replace(long id, CinemaEdit cinema) {
        return database.client()
                .sql("update cinemas set title = :title, url = :url where id = :id returning id, title, url")
                .bindProperties(cinema)
                .bind("id", id)
                .map(row -> Cinema.of(new Columns(row)))
                .one();
    }

    Mono<Void> remove(long id) {
        return database.client()
                .sql("delete from cinemas where id = :id")
                .bind("id", id)
                .then();
    }

    private Mono<Cinema> one(String sql, long id) {
        return database.client()
                .sql(sql)
                .bind("id", id)
                .map(row -> Cinema.of(new Columns(row)))
                .one();
    }

    /** Where a page of cinemas begins. */
    record AfterCinema(String title) {}
}
