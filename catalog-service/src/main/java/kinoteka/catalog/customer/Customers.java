package kinoteka.catalog.customer;

import java.time.LocalDate;
import java.util.Set;
import kinoteka.catalog.batch.BatchSource;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and writes open accounts. An empty result means that there is no such account, never that something failed. */
@Repository
class Customers implements BatchSource<Account> {

    /** By username. */
    static final Listing<AfterCustomer, Customer> BY_USERNAME = new Listing<>(
            new AfterCustomer(""),
            "username",
            row -> new AfterCustomer(new Columns(row).text()),
            "id, username, created_at",
            row -> Customer.of(new Columns(row)),
            " from customers where deleted_at is null and username > :username");

    private static final String OPEN =
            "select " + Account.COLUMNS + " from customers where deleted_at is null and id = ";

    private final PrimaryDatabase database;

    Customers(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<Account> byId(long id) {
        return one(OPEN + ":id", id);
    }

    @Override
    public String name() {
        return "customer";
    }

    /** Returns the public profiles. */
    @Override
    public Flux<Account> findByIds(Set<Long> ids) {
        return database.client()
                .sql(OPEN + "any(:ids)")
                .bind("ids", ids.toArray(Long[]::new))
                .map(row -> Account.of(new Columns(row)).profile())
                .all();
    }

    @Override
    public long id(Account customer) {
        return customer.id();
    }

    /** A customer's own token gets the complete account. */
    @Override
    public void addHeaders(HttpHeaders response) {
        response.add(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
    }

    /** The hash of an account's password; empty if the account has none. */
    Mono<String> passwordHash(long id) {
        return database.client()
                .sql(
                        "select password_hash from customers where id = :id and deleted_at is null and password_hash is not null")
                .bind("id", id)
                .mapValue(String.class)
                .one();
    }

    Mono<Account> create(NewCustomer customer, String passwordHash) {
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

    /** Empty if the password is no longer the one that was verified. */
    Mono<Account> update(long id, AccountEdit account, PasswordChange password) {
        return database.client()
                .sql("""
                        update customers
                           set email = :email, name = :name, mid_name = :midName, surname = :surname,
                               birthday = :birthday, bio = :bio,
                               password_hash = coalesce(:newHash, password_hash)
                         where id = :id and (cast(:verifiedHash as text) is null or password_hash = :verifiedHash)
                         returning\s""" + Account.COLUMNS)
                .bindProperties(Update.of(id, account, password))
                .map(row -> Account.of(new Columns(row)))
                .one();
    }

    /**
     * Erases the personal data. The username stays reserved, and the customer's publications and orders are kept. The time of the
     * closing is read after the account is locked, so that everything that the customer has written is older.
     */
    Mono<Void> close(long id) {
        return database.client().sql("""
                        update customers
                           set deleted_at = greatest(clock_timestamp(), created_at), email = null, name = null,
                               mid_name = null, surname = null, birthday = null, bio = null, password_hash = null,
                               last_logon_at = null
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

    /** The parameters of an update, which are never the passwords themselves. */
    private record Update(
            long id,
            String email,
            String name,
            @Nullable String midName,
            String surname,
            LocalDate birthday,
            @Nullable String bio,
            @Nullable String newHash,
            @Nullable String verifiedHash) {

        static Update of(long id, AccountEdit account, PasswordChange password) {
            return new Update(
                    id,
                    account.email(),
                    account.name(),
                    account.midName(),
                    account.surname(),
                    account.birthday(),
                    account.bio(),
                    password.newHash(),
                    password.verifiedHash());
        }
    }

    /** Where a page of customers begins. */
    record AfterCustomer(String username) {}
}
