package kinoteka.catalog.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Plans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

@CatalogIT
class CustomerIT {

    private WebTestClient http;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void showsEverybodyNoMoreThanThePublicProfile() throws Exception {
        var username = "anna-" + UUID.randomUUID();
        var id = Samples.customer(username);

        http.get()
                .uri("/api/customer/{id}", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.username")
                .isEqualTo(username)
                .jsonPath("$.bio")
                .isEmpty()
                .jsonPath("$.created_at")
                .exists()
                .jsonPath("$.length()")
                .isEqualTo(4);
    }

    @Test
    void readsTheListFromAnIndexAloneAndSortsNothing(@Autowired ReplicaDatabase database) {
        assertThat(Plans.ofPositions(Customers.BY_USERNAME, database))
                .contains("Index Only Scan using customer_username_is_unique")
                .doesNotContain("Sort");
        assertThat(Plans.ofElements(Customers.BY_USERNAME, database))
                .contains("Index Only Scan using customer_username_is_unique")
                .doesNotContain("Sort");
        assertThat(Plans.ofPage(Customers.BY_USERNAME, Filter.NONE, new Customers.AfterCustomer("k"), database))
                .contains("Index Only Scan using customer_username_is_unique")
                .contains("Index Cond: (username > 'k'::text)")
                .doesNotContain("Sort");
    }

    @Test
    void listsByUsername() throws Exception {
        Samples.customer("яна-" + UUID.randomUUID());
        Samples.customer("Boris-" + UUID.randomUUID());
        Samples.customer("ёж-" + UUID.randomUUID());
        var expected = RealPostgres.ask(
                "select string_agg(id::text, ',' order by username, id) from customers where deleted_at is null");

        var listed = http.get()
                .uri("/api/customer?limit=100000")
                .exchange()
                .returnResult(Customer.class)
                .getResponseBody()
                .map(customer -> String.valueOf(customer.id()))
                .collectList()
                .block();

        assertThat(listed).isNotNull();
        assertThat(String.join(",", listed)).isEqualTo(expected);
    }
}
