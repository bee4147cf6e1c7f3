package kinoteka.catalog.rating;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Listing;
import kinoteka.catalog.listing.Parent;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes ratings. An empty result means that there is no such rating; a failure is never reported as empty. */
@Repository
class Ratings {

    static final String TABLE = "ratings";

    /** Ordered by id, newest first. */
    static final Listing<AfterRating, Rating> NEWEST_FIRST = new Listing<>(
            new AfterRating(Long.MAX_VALUE),
            "ratings.id desc",
            row -> new AfterRating(new Columns(row).id()),
            Rating.COLUMNS,
            row -> Rating.of(new Columns(row)),
            " from ratings where ratings.id < :id");

    private final PrimaryDatabase database;

    Ratings(PrimaryDatabase database) {
        this.database = database;
    }

    /** @param subject the film or the publication that is rated */
    static Filter bySubject(Parent subject) {
        return Filter.NONE.and(subject.column() + " = :subject", "subject", subject.id());
    }

    Mono<Rating> findById(long id) {
        return database.client()
                .sql("select " + Rating.COLUMNS + " from ratings where ratings.id = :id")
                .bind("id", id)
                .map(row -> Rating.of(new Columns(row)))
                .one();
    }

    /**
     * Inserts a rating, or updates the one that the customer has given before.
     *
     * @param subject the film or the publication that is rated
     */
    Mono<Rating> createOrUpdate(long customer, Parent subject, NewRating rating) {
        return database.client()
                .sql("with ratings as (insert into ratings (customer_id, " + subject.column() + ", stars)"
                        + " values (:customer, :subject, :stars) on conflict (" + subject.column() + ", customer_id)"
                        + " do update set stars = excluded.stars, changed_at = now() returning *) select "
                        + Rating.COLUMNS + " from ratings")
                .bindProperties(rating)
                .bind("customer", customer)
                .bind("subject", subject.id())
                .map(row -> Rating.of(new Columns(row)))
                .one();
    }

    Mono<Void> delete(long id) {
        return database.client()
                .sql("delete from ratings where id = :id")
                .bind("id", id)
                .then();
    }

    /** The position after which a page begins. */
    record AfterRating(long id) {}
}
