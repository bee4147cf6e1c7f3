package kinoteka.catalog.customer;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads customers. Empty means there is no such customer; it is never used for a failure. */
@Repository
class Customers {

    private static final String IN_LIST_ORDER = """
              from customers
             where (username, id) > (:username, :id)
             order by username, id
             limit :limit offset :offset
            """;

    /** By username. */
    static final Listing<AfterCustomer, Customer> BY_USERNAME = new Listing<>(
            new AfterCustomer("", 0),
            "select username, id" + IN_LIST_ORDER,
            AfterCustomer::of,
            "select id, username, created_at" + IN_LIST_ORDER,
            Customers::customer);

    private final PrimaryDatabase database;

    Customers(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<Customer> byId(long id) {
        return database.client()
                .sql("select id, username, created_at from customers where id = :id")
                .bind("id", id)
                .map(Customers::customer)
                .one();
    }

    private static Customer customer(Readable row) {
        return new Customer(
                requireNonNull(row.get(0, Long.class)),
                requireNonNull(row.get(1, String.class)),
                requireNonNull(row.get(2, Instant.class)));
    }

    /** Where a page of customers begins. */
    record AfterCustomer(String username, long id) {

        static AfterCustomer of(Readable row) {
            return new AfterCustomer(requireNonNull(row.get(0, String.class)), requireNonNull(row.get(1, Long.class)));
        }
    }
}
