package kinoteka.catalog.cinema;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and writes offers. Empty means there is no such offer; it is never used for a failure. */
@Repository
public class Offers {

    private static final String OFFER =
            "cinema_offers.id, cinema_id, title, price, discount, rating, view_count, updated_at";
    private static final String OFFERS = " from cinema_offers join cinemas on cinemas.id = cinema_id";
    private static final String BY_ID =
            "select " + OFFER + OFFERS + " where movie_id = :movie and cinema_offers.id = :id";

    /** As they were made. */
    static final Listing<AfterOffer, Offer> AS_MADE = new Listing<>(
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

    static Filter ofMovieOnly(long movie) {
        return Filter.NONE.and("movie_id = :movie", "movie", movie);
    }

    /** All of a film's, as they were made. */
    public Flux<Offer> ofMovie(long movie) {
        return database.client()
                .sql("select " + OFFER + OFFERS + " where movie_id = :movie order by cinema_offers.id")
                .bind("movie", movie)
                .map(row -> Offer.of(new Columns(row)))
                .all();
    }

    Mono<Offer> byId(long movie, long id) {
        return one(BY_ID, movie, id);
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<Offer> lockedById(long movie, long id) {
        return one(BY_ID + " for update of cinema_offers", movie, id);
    }

    /** The id of the new offer. */
    Mono<Long> add(long movie, NewOffer offer) {
        return database.client()
                .sql("""
                        insert into cinema_offers (movie_id, cinema_id, price, discount, rating)
                        values (:movie, :cinemaId, :price, coalesce(:discount, 0), :rating)
                        returning id
                        """)
                .bindProperties(offer)
                .bind("movie", movie)
                .mapValue(Long.class)
                .one();
    }

    Mono<Void> replace(long id, OfferEdit offer) {
        return database.client().sql("""
                        update cinema_offers
                           set price = :price, discount = :discount, rating = :rating, view_count = :viewCount,
                               updated_at = now()
                         where id = :id
                        """).bindProperties(offer).bind("id", id).then();
    }

    Mono<Void> remove(long id) {
        return database.client()
                .sql("delete from cinema_offers where id = :id")
                .bind("id", id)
                .then();
    }

    private Mono<Offer> one(String sql, long movie, long id) {
        return database.client()
                .sql(sql)
                .bind("movie", movie)
                .bind("id", id)
                .map(row -> Offer.of(new Columns(row)))
                .one();
    }

    /** Where a page of a film's offers begins. */
    record AfterOffer(long id) {}
}
