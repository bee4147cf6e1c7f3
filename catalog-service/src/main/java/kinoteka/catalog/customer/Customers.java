package kinoteka.catalog.customer;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes accounts that are open. Empty means there is no such account; it is never used for a failure. */
@Repository
class Customers {

    /** By username. */
    static final Listing<AfterCustomer, Customer> BY_USERNAME = new Listing<>(
            new AfterCustomer(""),
            "username",
            row -> new AfterCustomer(new Columns(row).text()),
            "id, username, created_at",
            row -> Customer.of(new Columns(row)),
            " from customers where deleted_at is null and username > :username");

    private static final String BY_ID =
            "select " + Account.COLUMNS + " from customers where id = :id and deleted_at is null";

    private final PrimaryDatabase database;

    Customers(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<Account> byId(long id) {
        return one(BY_ID, id);
    }

    Mono<Account> open(NewCustomer customer, String passwordHash) {
        return database.client()
                .sql("""
                        insert into customers (username, email, name, mid_name, surname, birthday, bio, password_hash)
                        values (:username, :email, :name, :midName, :surname, :birthday, :bio, :password)
                        returning\s""" + Account.COLUMNS)
                .bindProperties(customer)
                .bind("password", passwordHash)
                .map(row -> Account.of(new Columns(row)))
                .one();
    }

    /** @param account its password is the hash of the new one; the old one stays where it is null */
    Mono<Account> change(long id, AccountEdit account) {
        return database.client()
                .sql("""
                        update customers
                           set email = :email, name = :name, mid_name = :midName, surname = :surname,
                               birthday = :birthday, bio = :bio,
                               password_hash = coalesce(:password, password_hash)
                         where id = :id
                         returning\s""" + Account.COLUMNS)
                .bindProperties(account)
                .bind("id", id)
                .map(row -> Account.of(new Columns(row)))
                .one();
    }

    /** Erases the personal data. The username stays reserved, and the customer's publications and orders are kept. */
    Mono<Void> close(long id) {
        return database.client().sql("""
                        update customers
                           set deleted_at = greatest(now(), created_at), email = null, name = null, mid_name = null,
                               surname = null, birthday = null, bio = null, password_hash = null, last_logon_at = null
                         where id = :id
                        """).bind("id", id).then();
    }

    private Mono<Account> one(String sql, long id) {
        return database.client()
                .sql(sql)
                .bind("id", id)
                .map(row -> Account.of(new Columns(row)))
                .one();
    }

    /** Where a page of customers begins. */
    record AfterCustomer(String username) {}
}
