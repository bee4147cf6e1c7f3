package kinoteka.catalog.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.idempotency.IdempotencyKey;
import kinoteka.catalog.listing.Plans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
                .isEqualTo("resource-unknown");
    }

    @Test
    void refusesWhatTheCinemaDoesNotOffer() throws Exception {
        var refused = self.post(
                path,
                "{\"movie_id\":%d,\"cinema_id\":%d}"
                        .formatted(Samples.stalker(), Samples.cinemaOffering(Samples.stalker())));

        assertThat(refused.problem()).isEqualTo("reference-unknown");
        assertThat(refused.field()).isEqualTo("cinema_id");
    }

    @Test
    void sellsAFilmToACustomerOnceInACinema() throws Exception {
        var order = order();
        self.post(path, order);

        assertThat(self.post(path, order).problem()).isEqualTo("resource-exists");
    }

    @Test
    void givesTheSameAnswerToTheSameKey() throws Exception {
        var order = order();
        var keyed = self.with(IdempotencyKey.HEADER, UUID.randomUUID().toString());

        var first = keyed.post(path, order);
        var again = keyed.post(path, order);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().getLocation()).isEqualTo(first.headers().getLocation());
        assertThat(again.etag()).isEqualTo(first.etag());
        assertThat(keyed.post(path, order()).problem()).isEqualTo("idempotency-key-reused");
        assertThat(RealPostgres.ask("select count(*) from orders where customer_id = ?", customer))
                .isEqualTo("1");
    }

    @Test
    void placesOneOrderWhenManyAskWithOneKeyAtTheSameMoment() throws Exception {
        var order = order();
        var keyed = self.with(IdempotencyKey.HEADER, UUID.randomUUID().toString());
        Callable<Api.Answer> place = () -> keyed.post(path, order);

        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = people
                    .invokeAll(Stream.generate(() -> place).limit(12).toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();

            assertThat(answers).allMatch(answer -> answer.status() == 201);
            assertThat(answers.stream().map(Api.Answer::id))
                    .containsOnly(answers.getFirst().id());
        }
        assertThat(RealPostgres.ask("select count(*) from orders where customer_id = ?", customer))
                .isEqualTo("1");
    }

    @Test
    void startsOneSessionForOneKeyAndKeepsNoKeyOfAFailure() throws Exception {
        var movie = Samples.stalker();
        var keyed = self.with(IdempotencyKey.HEADER, UUID.randomUUID().toString());

        assertThat(keyed.post("/api/session", session(Long.MAX_VALUE)).field()).isEqualTo("movie_id");
        var first = keyed.post("/api/session", session(movie));
        assertThat(first.status()).isEqualTo(201);
        assertThat(keyed.post("/api/session", session(movie)).id()).isEqualTo(first.id());
        assertThat(self.post("/api/session", session(movie)).id()).isNotEqualTo(first.id());
    }

    @Test
    void keepsTheKeysOfTwoCallersApart() throws Exception {
        var order = order();
        var key = UUID.randomUUID().toString();
        var other = Samples.customer();
        self.with(IdempotencyKey.HEADER, key).post(path, order);

        var placed = api.as(Bearer.customer(other))
                .with(IdempotencyKey.HEADER, key)
                .post("/api/customer/" + other + "/orders", order);

        assertThat(placed.status()).isEqualTo(201);
    }

    @Test
    void forgetsKeysOfYesterday() throws Exception {
        for (var key : List.of("a", "b", "c")) {
            RealPostgres.ask("""
                    insert into idempotency_keys (caller, key, fingerprint, created_at)
                    values (?, ?, '', now() - interval '25 hours') returning key
                    """, "yesterday", key);
        }
        for (int i = 0; i < 2; i++) {
            self.with(IdempotencyKey.HEADER, UUID.randomUUID().toString()).post(path, order());
        }

        assertThat(RealPostgres.ask("select count(*) from idempotency_keys where caller = 'yesterday'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "256 characters"})
    void refusesAKeyThatIsNone(String key) throws Exception {
        var refused = self.with(IdempotencyKey.HEADER, key.replace("256 characters", "k".repeat(256)))
                .post(path, order());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo("idempotency_key");
    }

    @Test
    void readsAPageFromAnIndexBackwards(@Autowired ReplicaDatabase database) {
        assertThat(Plans.ofPage(
                        Orders.NEWEST_FIRST, Orders.byCustomer(customer), new Orders.AfterOrder(1_000), database))
                .contains("Index Scan Backward using orders_by_customer")
                .contains("Index Cond: ((customer_id = '%d'::bigint) AND (id < '1000'::bigint))".formatted(customer))
                .doesNotContain("Sort");
    }

    private String session(long movie) {
        return "{\"customer_id\":%d,\"movie_id\":%d}".formatted(customer, movie);
    }

    /** Of a film that nobody ordered yet. */
    private static String order() throws Exception {
        var movie = Samples.stalker();
        return "{\"movie_id\":%d,\"cinema_id\":%d}".formatted(movie, Samples.cinemaOffering(movie));
    }
}
