package kinoteka.catalog.order;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Plans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@CatalogIT
class OrderIT {

    private Api api;
    private Api self;
    private long customer;
    private String path;

    @BeforeEach
    void connect(@LocalServerPort int port) throws Exception {
        customer = Samples.customer();
        api = Api.at(port);
        self = api.as(Bearer.customer(customer));
        path = "/api/customer/" + customer + "/orders";
    }

    @Test
    void placesAnOrderAtThePriceOfTheOffer() throws Exception {
        var placed = self.post(path, order());

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.headers().getLocation()).hasPath(path + "/" + placed.id());
        assertThat(placed.body().get("price").toString()).isEqualTo("199.00");
        assertThat(self.get(path + "/" + placed.id()).body()).isEqualTo(placed.body());
        assertThat(self.get(path).body().get(0)).isEqualTo(placed.body());
        assertThat(api.as(Bearer.admin()).get(path).body()).hasSize(1);
    }

    @Test
    void isKnownToItsCustomerOnlyWhoeverAsks() throws Exception {
        var id = self.post(path, order()).id();
        var other = api.as(Bearer.customer(Samples.customer()));

        for (var unknown : new String[] {path, path + "/" + id, "/api/customer/9223372036854775807/orders"}) {
            assertThat(other.get(unknown).problem()).isEqualTo("forbidden");
            assertThat(api.as(Bearer.editor()).get(unknown).problem()).isEqualTo("forbidden");
            assertThat(api.get(unknown).problem()).isEqualTo("token-missing");
        }
        assertThat(other.post(path, order()).problem()).isEqualTo("forbidden");
        assertThat(other.get("/api/customer/" + Samples.customer() + "/orders/" + id)
                        .problem())
                .isEqualTo("forbidden");
        var stranger = Samples.customer();
        assertThat(api.as(Bearer.customer(stranger))
                        .get("/api/customer/" + stranger + "/orders/" + id)
                        .problem())
                .isEqualTo("resource-not-found");
    }

    @Test
    void rejectsAMovieThatTheCinemaDoesNotOffer() throws Exception {
        var rejected = self.post(
                path,
                "{\"movie_id\":%d,\"cinema_id\":%d}"
                        .formatted(Samples.stalker(), Samples.cinemaOffering(Samples.stalker())));

        assertThat(rejected.problem()).isEqualTo("reference-not-found");
        assertThat(rejected.field()).isEqualTo("cinema_id");
    }

    @Test
    void sellsAFilmToACustomerOnceInACinema() throws Exception {
        var order = order();
        self.post(path, order);

        assertThat(self.post(path, order).problem()).isEqualTo("resource-exists");
    }

    @Test
    void readsAPageFromAnIndexBackwards(@Autowired ReplicaDatabase database) {
        assertThat(Plans.ofPage(
                        Orders.NEWEST_FIRST, Orders.byCustomer(customer), new Orders.AfterOrder(1_000), database))
                .contains("Index Scan Backward using orders_by_customer")
                .contains("Index Cond: ((customer_id = '%d'::bigint) AND (id < '1000'::bigint))".formatted(customer))
                .doesNotContain("Sort");
    }

    /** Of a film that nobody ordered yet. */
    private static String order() throws Exception {
        var movie = Samples.stalker();
        return "{\"movie_id\":%d,\"cinema_id\":%d}".formatted(movie, Samples.cinemaOffering(movie));
    }
}
