package kinoteka.catalog.person;

import io.r2dbc.spi.Readable;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes persons. Empty means there is no such person; it is never used for a failure. */
@Repository
class Persons {

    /** By last name, then by first name. */
    static final Listing<AfterPerson, Person> BY_NAME = new Listing<>(
            new AfterPerson("", "", 0),
            "last_name, first_name, id",
            AfterPerson::of,
            Person.COLUMNS,
            row -> Person.of(new Columns(row)),
            " from persons where (last_name, first_name, id) > (:lastName, :firstName, :id)");

    private static final String BY_ID = "select " + PersonDetails.COLUMNS + " from persons where id = :id";

    private final PrimaryDatabase database;

    Persons(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<PersonDetails> byId(long id) {
        return one(BY_ID, id);
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<PersonDetails> lockedById(long id) {
        return one(BY_ID + " for update", id);
    }

    Mono<PersonDetails> add(PersonEdit person) {
        return database.client()
                .sql("""
                        insert into persons (first_name, mid_name, last_name, country, birthday, bio)
                        values (:firstName, :midName, :lastName, :country, :birthday, :bio)
                        returning\s""" + PersonDetails.COLUMNS)
                .bindProperties(person)
                .map(row -> PersonDetails.of(new Columns(row)))
                .one();
    }

    Mono<PersonDetails> replace(long id, PersonEdit person) {
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

    Mono<Void> remove(long id) {
        return database.client()
                .sql("delete from persons where id = :id")
                .bind("id", id)
                .then();
    }

    private Mono<PersonDetails> one(String sql, long id) {
        return database.client()
                .sql(sql)
                .bind("id", id)
                .map(row -> PersonDetails.of(new Columns(row)))
                .one();
    }

    /** Where a page of persons begins. */
    record AfterPerson(String lastName, String firstName, long id) {

        static AfterPerson of(Readable columns) {
            var row = new Columns(columns);
            return new AfterPerson(row.text(), row.text(), row.id());
        }
    }
}
