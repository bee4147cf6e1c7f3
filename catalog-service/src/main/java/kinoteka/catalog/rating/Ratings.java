package kinoteka.catalog.rating;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Listing;
import kinoteka.catalog.listing.Parent;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes ratings. Empty means there is no such rating; it is never used for a failure. */
@Repository
class Ratings {

    /** The latest first. */
    static final Listing<AfterRating, Rating> LATEST_FIRST = new Listing<>(
            new AfterRating(Long.MAX_VALUE),
            "ratings.id desc",
            row -> new AfterRating(new Columns(row).id()),
            Rating.COLUMNS,
            row -> Rating.of(new Columns(row)),
            " from ratings where ratings.id < :id");

    private static final String BY_ID = "select " + Rating.COLUMNS + " from ratings where ratings.id = :id";

    private final PrimaryDatabase database;

    Ratings(PrimaryDatabase database) {
        this.database = database;
    }

    static Filter ofThingOnly(Parent thing) {
        return Filter.NONE.and(thing.column() + " = :thing", "thing", thing.id());
    }

    Mono<Rating> byId(long id) {
        return one(BY_ID, id);
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<Rating> lockedById(long id) {
        return one(BY_ID + " for update of ratings", id);
    }

    /** The customer's rating of this thing, new or in the place of the old one. */
    Mono<Rating> put(long customer, Parent thing, NewRating rating) {
        return database.client()
                .sql("with ratings as (insert into ratings (customer_id, " + thing.column() + ", stars)"
                        + " values (:customer, :thing, :stars) on conflict (" + thing.column() + ", customer_id)"
                        + " do update set stars = excluded.stars, changed_at = now() returning *) select "
                        + Rating.COLUMNS + " from ratings")
                .bindProperties(rating)
                .bind("customer", customer)
                .bind("thing", thing.id())
                .map(row -> Rating.of(new Columns(row)))
                .one();
    }

    Mono<Void> remove(long id) {
        return database.client()
                .sql("delete from ratings where id = :id")
                .bind("id", id)
                .then();
    }

    private Mono<Rating> one(String sql, long id) {
        return database.client()
                .sql(sql)
                .bind("id", id)
                .map(row -> Rating.of(new Columns(row)))
                .one();
    }

    /** Where a page of ratings begins. */
    record AfterRating(long id) {}
}
