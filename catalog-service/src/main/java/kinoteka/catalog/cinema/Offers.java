package kinoteka.catalog.cinema;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and writes offers. An empty result means that there is no such offer; a failure is never reported as empty. */
@Repository
public class Offers {

    static final String TABLE = "cinema_offers";

    private static final String OFFER =
            "cinema_offers.id, cinema_id, title, price, discount, rating, view_count, updated_at";
    private static final String OFFERS = " from cinema_offers join cinemas on cinemas.id = cinema_id";

    /** Ordered by id, oldest first. */
    static final Listing<AfterOffer, Offer> OLDEST_FIRST = new Listing<>(
            new AfterOffer(0),
            "cinema_offers.id",
            row -> new AfterOffer(new Columns(row).id()),
            OFFER,
            row -> Offer.of(new Columns(row)),
            OFFERS + " where cinema_offers.id > :id");

    private final PrimaryDatabase database;

    Offers(PrimaryDatabase database) {
        this.database = database;
    }

    static Filter byMovie(long movie) {
        return Filter.NONE.and("movie_id = :movie", "movie", movie);
    }

    /** Reads all offers of a film, oldest first. */
    public Flux<Offer> findByMovie(long movie) {
        return database.client()
                .sql("select " + OFFER + OFFERS + " where movie_id = :movie order by cinema_offers.id")
                .bind("movie", movie)
                .map(row -> Offer.of(new Columns(row)))
                .all();
    }

    Mono<Offer> findById(long movie, long id) {
        return database.client()
                .sql("select " + OFFER + OFFERS + " where movie_id = :movie and cinema_offers.id = :id")
                .bind("movie", movie)
                .bind("id", id)
                .map(row -> Offer.of(new Columns(row)))
                .one();
    }

    /** Inserts an offer and reads it back. */
    Mono<Offer> create(long movie, NewOffer offer) {
        return database.client()
                .sql("""
                        insert into cinema_offers (movie_id, cinema_id, price, discount, rating)
                        values (:movie, :cinemaId, :price, coalesce(:discount, 0), :rating)
                        returning id
                        """)
                .bindProperties(offer)
                .bind("movie", movie)
                .mapValue(Long.class)
                .one()
                .flatMap(id -> findById(movie, id));
    }

    /** Updates an offer of a film and reads it back. */
    Mono<Offer> update(long movie, long id, OfferEdit offer) {
        return database.client()
                .sql("""
                        update cinema_offers
                           set price = :price, discount = :discount, rating = :rating, view_count = :viewCount,
                               updated_at = now()
                         where id = :id
                        """)
                .bindProperties(offer)
                .bind("id", id)
                .then()
                .then(Mono.defer(() -> findById(movie, id)));
    }

    Mono<Void> delete(long id) {
        return database.client()
                .sql("delete from cinema_offers where id = :id")
                .bind("id", id)
                .then();
    }

    /** The position after which a page begins. */
    record AfterOffer(long id) {}
}
