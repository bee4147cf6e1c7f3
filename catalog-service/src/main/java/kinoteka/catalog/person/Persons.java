package kinoteka.catalog.person;

import io.r2dbc.spi.Readable;
import java.util.Set;
import kinoteka.catalog.batch.BatchSource;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and writes persons. An empty result means that there is no such person; a failure is never reported as empty. */
@Repository
class Persons implements BatchSource<PersonDetails> {

    static final String TABLE = "persons";

    /** Ordered by last name, then by first name. */
    static final Listing<AfterPerson, Person> BY_NAME = new Listing<>(
            new AfterPerson("", "", 0),
            "last_name, first_name, id",
            AfterPerson::of,
            Person.COLUMNS,
            row -> Person.of(new Columns(row)),
            " from persons where (last_name, first_name, id) > (:lastName, :firstName, :id)");

    private final PrimaryDatabase database;

    Persons(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<PersonDetails> findById(long id) {
        return database.client()
                .sql("select " + PersonDetails.COLUMNS + " from persons where id = :id")
                .bind("id", id)
                .map(row -> PersonDetails.of(new Columns(row)))
                .one();
    }

    @Override
    public String name() {
        return "person";
    }

    @Override
    public Flux<PersonDetails> findByIds(Set<Long> ids) {
        return database.client()
                .sql("select " + PersonDetails.COLUMNS + " from persons where id = any(:ids)")
                .bind("ids", ids.toArray(Long[]::new))
                .map(row -> PersonDetails.of(new Columns(row)))
                .all();
    }

    @Override
    public long id(PersonDetails person) {
        return person.id();
    }

    Mono<PersonDetails> create(PersonEdit person) {
        return database.client()
                .sql("""
                        insert into persons (first_name, mid_name, last_name, country, birthday, bio)
                        values (:firstName, :midName, :lastName, :country, :birthday, :bio)
                        returning\s""" + PersonDetails.COLUMNS)
                .bindProperties(person)
                .map(row -> PersonDetails.of(new Columns(row)))
                .one();
    }

    Mono<PersonDetails> update(long id, PersonEdit person) {
        return database.client()
                .sql("""
                        update persons
                           set first_name = :firstName, mid_name = :midName, last_name = :lastName, country = :country,
                               birthday = :birthday, bio = :bio
                         where id = :id
                         returning\s""" + PersonDetails.COLUMNS)
                .bindProperties(person)
                .bind("id", id)
                .map(row -> PersonDetails.of(new Columns(row)))
                .one();
    }

    Mono<Void> delete(long id) {
        return database.client()
                .sql("delete from persons where id = :id")
                .bind("id", id)
                .then();
    }

    /** The position after which a page begins. */
    record AfterPerson(String lastName, String firstName, long id) {

        static AfterPerson of(Readable columns) {
            var row = new Columns(columns);
            return new AfterPerson(row.text(), row.text(), row.id());
        }
    }
}
