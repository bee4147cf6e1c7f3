package kinoteka.catalog.order;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes orders. An empty result means that there is no such order; a failure is never reported as empty. */
@Repository
class Orders {

    private static final String ORDER = """
            orders.id, cinema_order_id, movie_id, movies.title, year, duration_minutes, cinema_id, cinemas.title, price,
            ordered_at
            """;

    private static final String ORDERS = """
             from orders
             join movies on movies.id = movie_id
             join cinemas on cinemas.id = cinema_id
            """;

    /** Ordered by id, newest first. */
    static final Listing<AfterOrder, Order> NEWEST_FIRST = new Listing<>(
            new AfterOrder(Long.MAX_VALUE),
            "orders.id desc",
            row -> new AfterOrder(new Columns(row).id()),
            ORDER,
            row -> Order.of(new Columns(row)),
            ORDERS + " where orders.id < :id");

    private final PrimaryDatabase database;

    Orders(PrimaryDatabase database) {
        this.database = database;
    }

    static Filter byCustomer(long customer) {
        return Filter.NONE.and("customer_id = :customer", "customer", customer);
    }

    Mono<Order> findById(long customer, long id) {
        return database.client()
                .sql("select " + ORDER + ORDERS + " where customer_id = :customer and orders.id = :id")
                .bind("customer", customer)
                .bind("id", id)
                .map(row -> Order.of(new Columns(row)))
                .one();
    }

    /** Inserts an order and reads it back; empty if the cinema does not offer the film. */
    Mono<Order> create(long customer, NewOrder order) {
        return database.client()
                .sql("""
                        insert into orders (customer_id, movie_id, cinema_id, price)
                        select :customer, movie_id, cinema_id, price
                          from cinema_offers
                         where movie_id = :movieId and cinema_id = :cinemaId
                        returning id
                        """)
                .bindProperties(order)
                .bind("customer", customer)
                .mapValue(Long.class)
                .one()
                .flatMap(id -> findById(customer, id));
    }

    /** The position after which a page begins. */
    record AfterOrder(long id) {}
}
