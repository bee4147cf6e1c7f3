package kinoteka.catalog.cinema;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes cinemas. An empty result means that there is no such cinema; a failure is never reported as empty. */
@Repository
class Cinemas {

    static final String TABLE = "cinemas";

    /** Ordered by title. */
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

    Mono<Cinema> findById(long id) {
        return database.client()
                .sql("select id, title, url from cinemas where id = :id")
                .bind("id", id)
                .map(row -> Cinema.of(new Columns(row)))
                .one();
    }

    Mono<Cinema> create(CinemaEdit cinema) {
        return database.client()
                .sql("insert into cinemas (title, url) values (:title, :url) returning id, title, url")
                .bindProperties(cinema)
                .map(row -> Cinema.of(new Columns(row)))
                .one();
    }

    Mono<Cinema> update(long id, CinemaEdit cinema) {
        return database.client()
                .sql("update cinemas set title = :title, url = :url where id = :id returning id, title, url")
                .bindProperties(cinema)
                .bind("id", id)
                .map(row -> Cinema.of(new Columns(row)))
                .one();
    }

    Mono<Void> delete(long id) {
        return database.client()
                .sql("delete from cinemas where id = :id")
                .bind("id", id)
                .then();
    }

    /** The position after which a page begins. */
    record AfterCinema(String title) {}
}
