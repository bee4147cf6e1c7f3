package kinoteka.catalog.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.HeldLock;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import kinoteka.catalog.idempotency.IdempotencyKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A closed account, whose token is still valid. */
@CatalogIT
class ClosedAccountIT {

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private Api api;
    private Api self;
    private Api admin;
    private String username;
    private long customer;
    private String account;
    private long movie;
    private String comments;

    @BeforeEach
    void connect(@LocalServerPort int port) throws Exception {
        api = Api.at(port);
        username = "vronsky-" + UUID.randomUUID();
        customer = Samples.customer(username);
        account = "/api/customer/" + customer;
        self = api.as(Bearer.customer(customer));
        admin = api.as(Bearer.admin());
        movie = Samples.stalker();
        comments = "/api/movie/" + movie + "/comments";
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void canWriteNothing() throws Exception {
        var cinema = Samples.cinemaOffering(movie);
        var publication = "/api/publication/" + Samples.publication(customer);
        var category = Samples.term("publication_categories");
        var comment = "/api/comment/" + self.post(comments, "{\"text\":\"a\"}").id();
        var rating = "/api/rating/"
                + self.post("/api/movie/" + movie + "/ratings", "{\"stars\":5}").id();
        var session = "/api/session/" + Samples.session(customer, movie);
        var order = "{\"movie_id\":%d,\"cinema_id\":%d}".formatted(movie, cinema);
        var keyed = self.with(IdempotencyKey.HEADER, UUID.randomUUID().toString());
        var ordered = keyed.post(account + "/orders", order);
        assertThat(ordered.status()).isEqualTo(201);
        var before = List.of(
                api.get(comment).text(),
                api.get(publication).text(),
                api.get(rating).text());

        assertThat(self.delete(account).status()).isEqualTo(204);

        Map<String, Function<Api, Api.Answer>> writes = new LinkedHashMap<>();
        writes.put("create a comment", by -> by.post(comments, "{\"text\":\"b\"}"));
        writes.put("comment on a publication", by -> by.post(publication + "/comments", "{\"text\":\"b\"}"));
        writes.put("update a comment", by -> by.patch(comment, "{\"text\":\"b\"}"));
        writes.put("delete a comment", by -> by.delete(comment));
        writes.put("rate", by -> by.post("/api/movie/" + movie + "/ratings", "{\"stars\":1}"));
        writes.put("rate a publication", by -> by.post(publication + "/ratings", "{\"stars\":1}"));
        writes.put("delete a rating", by -> by.delete(rating));
        writes.put(
                "publish",
                by -> by.post(
                        "/api/publication",
                        "{\"title\":\"b\",\"text\":\"b\",\"category_id\":%d,\"tags\":[]}".formatted(category)));
        writes.put("update a publication", by -> by.patch(publication, "{\"title\":\"b\"}"));
        writes.put("delete a publication", by -> by.delete(publication));
        writes.put(
                "start a session",
                by -> by.post("/api/session", "{\"customer_id\":%d,\"movie_id\":%d}".formatted(customer, movie)));
        writes.put("end a session", by -> by.delete(session));
        writes.put("order", by -> by.post(account + "/orders", order));
        writes.put("repeat an order", by -> keyed.post(account + "/orders", order));
        writes.put("register", by -> by.post("/api/customer", registration("karenin-" + UUID.randomUUID())));
        assertThat(writes).allSatisfy((write, send) -> {
            var rejected = send.apply(self);
            assertThat(rejected.status()).isEqualTo(403);
            assertThat(rejected.problem()).isEqualTo("forbidden");
        });
        assertThat(self.patch(account, "{\"bio\":\"b\"}").status()).isEqualTo(404);
        assertThat(self.delete(account).status()).isEqualTo(404);
        assertThat(List.of(
                        api.get(comment).text(),
                        api.get(publication).text(),
                        api.get(rating).text()))
                .isEqualTo(before);
        assertThat(api.get(session).status()).isEqualTo(200);
    }

    @Test
    void canWriteNothingWithAnotherRoleBesideThatOfTheCustomerEither() {
        self.delete(account);
        var title = "{\"title\":\"%s\"}"
                .formatted("Жанр " + UUID.randomUUID().toString().substring(0, 8));

        for (var role : List.of("editor", "admin")) {
            var both = api.as(Bearer.header(Bearer.sign(
                    Bearer.KEY,
                    Bearer.claims(Long.toString(customer), role)
                            .claim("roles", List.of("customer", role))
                            .build())));
            assertThat(both.post("/api/tag", title).problem()).isEqualTo("forbidden");
        }
        var editorOnly = api.as(Bearer.header(Bearer.token(Long.toString(customer), "editor")));
        assertThat(editorOnly.post("/api/tag", title).status()).isEqualTo(201);
    }

    @Test
    void leavesWhatItHasWrittenToEditorsAndAdministrators() throws Exception {
        var comment = "/api/comment/" + self.post(comments, "{\"text\":\"a\"}").id();
        var rating = "/api/rating/"
                + self.post("/api/movie/" + movie + "/ratings", "{\"stars\":5}").id();
        var session = "/api/session/" + Samples.session(customer, movie);
        var publication = "/api/publication/" + Samples.publication(customer);
        self.delete(account);

        assertThat(admin.patch(comment, "{\"text\":\"b\"}").status()).isEqualTo(200);
        assertThat(api.as(Bearer.editor())
                        .patch(publication, "{\"title\":\"b\"}")
                        .status())
                .isEqualTo(200);
        assertThat(List.of(comment, rating, session, publication))
                .allMatch(path -> admin.delete(path).status() == 204);
        assertThat(admin.post(account + "/orders", order()).problem()).isEqualTo("forbidden");
    }

    @Test
    void anAccountThatHasNeverExistedCannotWriteEither() {
        assertThat(api.as(Bearer.customer(Long.MAX_VALUE / 1000))
                        .post(comments, "{\"text\":\"a\"}")
                        .problem())
                .isEqualTo("forbidden");
    }

    @Test
    void isUnknownToEverybody() {
        self.delete(account);

        for (var caller : List.of(api, self, admin, api.as(Bearer.editor()))) {
            assertThat(caller.get(account).problem()).isEqualTo("resource-not-found");
            assertThat(caller.get("/api/customer?limit=100000").text()).doesNotContain(username);
        }
    }

    @Test
    void keepsItsUsernameOnWhatItHasWritten() {
        var comment = "/api/comment/" + self.post(comments, "{\"text\":\"a\"}").id();
        self.delete(account);

        assertThat(api.get(comment).body().at("/customer/username").asString()).isEqualTo(username);
        assertThat(api.get(comment).body().get("customer").propertyNames()).containsExactly("id", "username");
    }

    @Test
    void freesItsEmailAndKeepsItsUsername() throws Exception {
        self.delete(account);

        var sameUsername = api.post("/api/customer", registration(username));
        assertThat(sameUsername.status()).isEqualTo(409);
        assertThat(sameUsername.field()).isEqualTo("username");
        var sameEmail = api.post(
                "/api/customer",
                registration("again-" + username)
                        .replace("again-" + username + "@example.org", username + "@example.org"));
        assertThat(sameEmail.status()).isEqualTo(201);
        assertThat(sameEmail.body().get("email").asString()).isEqualTo(username + "@example.org");
    }

    @Test
    void keepsNothingPersonal() throws Exception {
        assertThat(self.patch(account, "{\"bio\":\"Служу в гвардии\"}").status())
                .isEqualTo(200);

        self.delete(account);

        assertThat(RealPostgres.ask("""
                select string_agg(field.key, ',' order by field.key)
                  from customers, jsonb_each_text(to_jsonb(customers)) as field
                 where id = ? and field.value is not null
                """, customer)).isEqualTo("created_at,deleted_at,id,username");
    }

    @Test
    void isClosedAfterACommentThatItsCustomerIsWriting() throws Exception {
        try (var lock = HeldLock.onMovie(movie)) {
            var comment = clients.submit(() -> self.post(comments, "{\"text\":\"a\"}"));
            lock.awaitWaiting(1);
            var closing = clients.submit(() -> self.delete(account));
            lock.awaitWaiting(2);

            lock.commit();

            assertThat(comment.get().status()).isEqualTo(201);
            assertThat(closing.get().status()).isEqualTo(204);
        }
    }

    @Test
    void rejectsAnUpdateThatHasWaitedForTheClosing() throws Exception {
        var comment = "/api/comment/" + self.post(comments, "{\"text\":\"a\"}").id();
        try (var lock = HeldLock.by("select from customers where id = ? for update", customer)) {
            var update = clients.submit(() -> self.patch(comment, "{\"text\":\"b\"}"));
            lock.awaitWaiting(1);
            var addition = clients.submit(() -> self.post(comments, "{\"text\":\"b\"}"));
            lock.awaitWaiting(2);

            lock.execute("""
                    update customers
                       set deleted_at = clock_timestamp(), email = null, name = null, surname = null, birthday = null
                     where id = ?
                    """, customer);
            lock.commit();

            assertThat(update.get().problem()).isEqualTo("forbidden");
            assertThat(addition.get().problem()).isEqualTo("forbidden");
        }
        assertThat(api.get(comments).body()).hasSize(1);
        assertThat(api.get(comment).body().get("text").asString()).isEqualTo("a");
    }

    @Test
    void isClosedLaterThanEverythingThatItsCustomerHasWritten() throws Exception {
        try (var lock = HeldLock.by("select from customers where id = ? for key share", customer)) {
            var closing = clients.submit(() -> self.delete(account));
            lock.awaitWaiting(1);
            assertThat(self.post(comments, "{\"text\":\"a\"}").status()).isEqualTo(201);

            lock.commit();

            assertThat(closing.get().status()).isEqualTo(204);
        }
        assertThat(RealPostgres.ask("""
                select deleted_at > (select max(created_at) from comments where customer_id = customers.id)
                  from customers where id = ?
                """, customer)).isEqualTo("t");
    }

    @Test
    void isClosedOnceByTwoRequestsAtTheSameTime() throws Exception {
        try (var lock = HeldLock.by("select from customers where id = ? for update", customer)) {
            var one = clients.submit(() -> self.delete(account));
            var other = clients.submit(() -> self.delete(account));
            lock.awaitWaiting(2);

            lock.commit();

            assertThat(List.of(one.get().status(), other.get().status())).containsExactlyInAnyOrder(204, 404);
        }
    }

    @Test
    void twoChangesOfTheSameAccountDoNotDeadlock() throws Exception {
        try (var lock = HeldLock.by("select from customers where id = ? for update", customer)) {
            var one = clients.submit(() -> self.patch(account, "{\"email\":\"1-%s@example.org\"}".formatted(username)));
            var other =
                    clients.submit(() -> self.patch(account, "{\"email\":\"2-%s@example.org\"}".formatted(username)));
            lock.awaitWaiting(2);

            lock.commit();

            assertThat(List.of(one.get().status(), other.get().status())).containsExactly(200, 200);
        }
    }

    @Test
    void writesOfOneCustomerDoNotWaitForEachOther() throws Exception {
        try (var lock = HeldLock.onMovie(movie)) {
            var waiting = clients.submit(() -> self.post(comments, "{\"text\":\"a\"}"));
            lock.awaitWaiting(1);

            var other = self.post("/api/movie/" + Samples.stalker() + "/comments", "{\"text\":\"b\"}");

            assertThat(other.status()).isEqualTo(201);
            assertThat(waiting).isNotDone();
            lock.commit();
            assertThat(waiting.get().status()).isEqualTo(201);
        }
    }

    private static String order() throws Exception {
        var movie = Samples.stalker();
        return "{\"movie_id\":%d,\"cinema_id\":%d}".formatted(movie, Samples.cinemaOffering(movie));
    }

    private static String registration(String username) {
        return """
                {"username": "%s", "email": "%1$s@example.org", "password": "поезд и платформа",
                 "birthday": "1990-05-17", "surname": "Вронский", "name": "Алексей"}
                """.formatted(username);
    }
}
