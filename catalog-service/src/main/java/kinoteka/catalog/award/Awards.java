package kinoteka.catalog.award;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and writes awards. Empty means there is no such award; it is never used for a failure. */
@Repository
public class Awards {

    private static final String SELECT = "select " + Award.COLUMNS + Award.SOURCE;

    /** The latest first. */
    static final Listing<AfterAward, Award> LATEST_FIRST = new Listing<>(
            new AfterAward(Long.MAX_VALUE),
            "awards.id desc",
            row -> new AfterAward(new Columns(row).id()),
            Award.COLUMNS,
            row -> Award.of(new Columns(row)),
            Award.SOURCE + " where awards.id < :id");

    private final PrimaryDatabase database;

    Awards(PrimaryDatabase database) {
        this.database = database;
    }

    /** All that a film won, the latest first. */
    public Flux<Award> ofMovie(long movie) {
        return of(SELECT + " where awards.movie_id = :id order by awards.id desc", movie);
    }

    /** All that a person won, the latest first. */
    public Flux<Award> ofPerson(long person) {
        return of(SELECT + " where awards.person_id = :id order by awards.id desc", person);
    }

    Mono<Award> byId(long id) {
        return of(SELECT + " where awards.id = :id", id).singleOrEmpty();
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<Award> lockedById(long id) {
        return of(SELECT + " where awards.id = :id for update of awards", id).singleOrEmpty();
    }

    /** The id of the new award. */
    Mono<Long> add(AwardEdit award) {
        return database.client()
                .sql("""
                        insert into awards (film_award_id, nomination_id, movie_id, person_id)
                        values (:filmAwardId, :nominationId, :movieId, :personId)
                        returning id
                        """)
                .bindProperties(award)
                .mapValue(Long.class)
                .one();
    }

    Mono<Long> replace(long id, AwardEdit award) {
        return database.client()
                .sql("""
                        update awards
                           set film_award_id = :filmAwardId, nomination_id = :nominationId, movie_id = :movieId,
                               person_id = :personId
                         where id = :id
                         returning id
                        """)
                .bindProperties(award)
                .bind("id", id)
                .mapValue(Long.class)
                .one();
    }

    Mono<Void> remove(long id) {
        return database.client()
                .sql("delete from awards where id = :id")
                .bind("id", id)
                .then();
    }

    private Flux<Award> of(String sql, long id) {
        return database.client()
                .sql(sql)
                .bind("id", id)
                .map(row -> Award.of(new Columns(row)))
                .all();
    }

    /** Where a page of awards begins. */
    record AfterAward(long id) {}
}
