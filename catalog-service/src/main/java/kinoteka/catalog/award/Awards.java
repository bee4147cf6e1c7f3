package kinoteka.catalog.award;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and writes awards. An empty result means that there is no such award; a failure is never reported as empty. */
@Repository
public class Awards {

    static final String TABLE = "awards";

    private static final String SELECT = "select " + Award.COLUMNS + Award.SOURCE;

    /** Ordered by id, newest first. */
    static final Listing<AfterAward, Award> NEWEST_FIRST = new Listing<>(
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

    /** Reads all awards of a film, newest first. */
    public Flux<Award> findByMovie(long movie) {
        return select(SELECT + " where awards.movie_id = :id order by awards.id desc", movie);
    }

    /** Reads all awards of a person, newest first. */
    public Flux<Award> findByPerson(long person) {
        return select(SELECT + " where awards.person_id = :id order by awards.id desc", person);
    }

    Mono<Award> findById(long id) {
        return select(SELECT + " where awards.id = :id", id).singleOrEmpty();
    }

    /** Inserts an award and reads it back. */
    Mono<Award> create(AwardEdit award) {
        return database.client()
                .sql("""
                        insert into awards (film_award_id, nomination_id, movie_id, person_id)
                        values (:filmAwardId, :nominationId, :movieId, :personId)
                        returning id
                        """)
                .bindProperties(award)
                .mapValue(Long.class)
                .one()
                .flatMap(this::findById);
    }

    /** Updates an award and reads it back. */
    Mono<Award> update(long id, AwardEdit award) {
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
                .one()
                .flatMap(this::findById);
    }

    Mono<Void> delete(long id) {
        return database.client()
                .sql("delete from awards where id = :id")
                .bind("id", id)
                .then();
    }

    private Flux<Award> select(String sql, long id) {
        return database.client()
                .sql(sql)
                .bind("id", id)
                .map(row -> Award.of(new Columns(row)))
                .all();
    }

    /** The position after which a page begins. */
    record AfterAward(long id) {}
}
