package kinoteka.catalog.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

@CatalogIT
class IdempotencyIT {

    /** Headers that a replay must repeat. The others belong to the connection. */
    private static final List<String> REPLAYED = List.of(
            HttpHeaders.LOCATION,
            HttpHeaders.ETAG,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.VARY);

    private Api api;
    private Api self;
    private long customer;
    private String path;
    private String key;

    @BeforeEach
    void connect(@LocalServerPort int port) throws Exception {
        customer = Samples.customer();
        api = Api.at(port);
        self = api.as(Bearer.customer(customer));
        path = orders(customer);
        key = UUID.randomUUID().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE, "*/*"})
    void replaysTheFirstResponseByteForByte(String accepted) throws Exception {
        var order = order();
        var caller = keyed(self).with(HttpHeaders.ACCEPT, accepted);
        var unkeyed = self.with(HttpHeaders.ACCEPT, accepted).post(path, order());

        var first = caller.post(path, order);
        var replay = caller.post(path, order);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.headers().getContentType()).isEqualTo(unkeyed.headers().getContentType());
        assertThat(first.headers().getLocation()).hasPath(path + "/" + first.id());
        assertThat(self.with(HttpHeaders.ACCEPT, accepted)
                        .get(path + "/" + first.id())
                        .etag())
                .isEqualTo(first.etag());
        assertReplayed(replay, first);
        assertThat(REPLAYED).allSatisfy(name -> {
            assertThat(first.headers().headerNames()).contains(name);
            assertThat(unkeyed.headers().headerNames()).contains(name);
        });
        assertThat(orders()).isEqualTo(2);
    }

    @Test
    void replaysTheFormatOfTheFirstResponseWhateverTheRetryAccepts() throws Exception {
        var order = order();
        var first = keyed(self)
                .with(HttpHeaders.ACCEPT, MediaType.APPLICATION_NDJSON_VALUE)
                .post(path, order);

        var replay = keyed(self)
                .with(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
                .post(path, order);

        assertThat(first.headers().getContentType()).isEqualTo(MediaType.APPLICATION_NDJSON);
        assertThat(first.text()).endsWith("\n");
        assertReplayed(replay, first);
        assertThat(keyed(self)
                        .with(HttpHeaders.ACCEPT, MediaType.TEXT_HTML_VALUE)
                        .post(path, order)
                        .status())
                .isEqualTo(406);
    }

    @Test
    void replaysAResponseThatAnOlderReleaseHasWrittenAndThisOneCannotRead() throws Exception {
        var order = order();
        keyed(self).post(path, order);
        var old = "{\"number\": [\"ё\"] ,  \"of an older release\":true}\n";
        RealPostgres.ask("""
                update idempotency_keys
                   set status = 202, body = ?,
                       headers = '{"Content-Type: application/vnd.old+json","Location: /old/1","ETag: \\"old: 1\\""}'
                 where key = ? returning key
                """, old.getBytes(StandardCharsets.UTF_8), key);

        var replay = keyed(self).post(path, order);

        assertThat(replay.status()).isEqualTo(202);
        assertThat(replay.text()).isEqualTo(old);
        assertThat(replay.etag()).isEqualTo("\"old: 1\"");
        assertThat(replay.headers().getLocation()).hasPath("/old/1");
        assertThat(replay.headers().getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("application/vnd.old+json");
    }

    @Test
    void replaysWhatTheFirstResponseSaidEvenIfTheResourceIsGone() throws Exception {
        var session = session(customer, Samples.stalker());
        var first = keyed(self).post("/api/session", session);
        assertThat(self.delete("/api/session/" + first.id()).status()).isEqualTo(204);

        assertReplayed(keyed(self).post("/api/session", session), first);
    }

    @Test
    void takesTheSameBodyInAnotherSpellingAsTheSameRequest() throws Exception {
        var movie = Samples.stalker();
        var cinema = Samples.cinemaOffering(movie);
        var first = keyed(self).post(path, "{\"movie_id\":%d,\"cinema_id\":%d}".formatted(movie, cinema));

        var replay = keyed(self).post(path, "{ \"cinema_id\" : %d,\n\"movie_id\":%d}".formatted(cinema, movie));

        assertReplayed(replay, first);
    }

    @Test
    void executesEveryRequestWithoutAKey() throws Exception {
        var session = session(customer, Samples.stalker());

        assertThat(self.post("/api/session", session).id())
                .isNotEqualTo(self.post("/api/session", session).id());
    }

    @Test
    void separatesTheKeysOfTwoCustomers() throws Exception {
        var order = order();
        var other = Samples.customer();
        var first = keyed(self).post(path, order);

        var second = keyed(api.as(Bearer.customer(other))).post(orders(other), order);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void separatesTheKeysOfACustomerAndAnAdministratorWhoOrdersForThem() throws Exception {
        var order = order();
        var first = keyed(self).post(path, order);

        var repeated = keyed(api.as(Bearer.admin())).post(path, order);
        var another = keyed(api.as(Bearer.admin())).post(path, order());

        assertThat(repeated.problem()).isEqualTo("resource-exists"); // executed rather than replayed
        assertThat(another.status()).isEqualTo(201);
        assertThat(another.id()).isNotEqualTo(first.id());
        assertReplayed(keyed(self).post(path, order), first);
    }

    @Test
    void rejectsAKeyThatAnAdministratorUsesForTwoCustomers() throws Exception {
        var order = order();
        var other = Samples.customer();
        var admin = keyed(api.as(Bearer.admin()));
        var first = admin.post(path, order);

        var second = admin.post(orders(other), order);

        assertThat(first.status()).isEqualTo(201);
        assertRejected(second);
        assertThat(second.text()).doesNotContain("/orders/" + first.id());
        assertThat(second.headers().getLocation()).isNull();
        assertThat(admin.get(orders(other)).body()).isEmpty();
        assertReplayed(admin.post(path, order), first);
        assertThat(admin.post("/api/session", session(customer, Samples.stalker()))
                        .problem())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void rejectsAKeyThatIsUsedForTwoBodies() throws Exception {
        keyed(self).post(path, order());

        assertRejected(keyed(self).post(path, order()));
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void rejectsAKeyThatIsUsedForTwoResources() throws Exception {
        var first = keyed(self).post(path, order());

        assertRejected(keyed(self).post("/api/session", session(customer, Samples.stalker())));
        assertThat(first.status()).isEqualTo(201);
        assertThat(RealPostgres.ask("select count(*) from sessions where customer_id = ?", customer))
                .isEqualTo("0");
    }

    @Test
    void forgetsTheKeyOfAFailedRequest() throws Exception {
        var movie = Samples.stalker();

        assertThat(keyed(self)
                        .post("/api/session", session(customer, Long.MAX_VALUE))
                        .field())
                .isEqualTo("movie_id");
        assertThat(keyed(self).post("/api/session", session(customer, movie)).status())
                .isEqualTo(201);
    }

    @Test
    void keepsNeitherTheWorkNorTheKeyWhenTheResponseCannotBeStored() throws Exception {
        var order = order();
        execute("""
                create function reject_key() returns trigger language plpgsql as $$
                begin raise exception 'no room'; end $$;
                create trigger reject_key before insert on idempotency_keys
                  for each row when (new.key = '%s') execute function reject_key()
                """.formatted(key));
        try {
            assertThat(keyed(self).post(path, order).status()).isGreaterThanOrEqualTo(500);
            assertThat(orders()).isZero();
        } finally {
            execute("drop function reject_key cascade");
        }

        assertThat(keyed(self).post(path, order).status()).isEqualTo(201);
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void usesAKeyAnewAfterADay() throws Exception {
        var first = keyed(self).post(path, order());
        age("23 hours 59 minutes");
        assertRejected(keyed(self).post(path, order()));
        age("24 hours 1 minute");
        var order = order();

        var second = keyed(self).post(path, order);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertReplayed(keyed(self).post(path, order), second);
    }

    @Test
    void deletesTwoOutdatedKeysForEveryNewOne() throws Exception {
        RealPostgres.ask("""
                with keys as (
                  insert into idempotency_keys (caller, key, fingerprint, status, headers, body, created_at)
                  select 'yesterday', n::text, '', 201, '{}', '', now() - interval '10 years' - n * interval '1 day'
                    from generate_series(1, 3) n returning 1)
                select count(*) from keys
                """);

        keyed(self).post(path, order());
        assertThat(RealPostgres.ask("select string_agg(key, ',') from idempotency_keys where caller = 'yesterday'"))
                .isEqualTo("1");
        self.with(IdempotencyKey.HEADER, key + "-2").post(path, order());
        assertThat(RealPostgres.ask("select count(*) from idempotency_keys where caller = 'yesterday'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b\nc", "256 characters"})
    void rejectsAKeyThatIsNotValid(String invalid) throws Exception {
        var sent = invalid.replace("256 characters", "k".repeat(256));
        var rejected = (sent.contains("\n")
                        ? self.as(headers -> headers.addAll(IdempotencyKey.HEADER, List.of(sent.split("\n", -1))))
                        : self.with(IdempotencyKey.HEADER, sent))
                .post(path, order());

        assertThat(rejected.status()).isEqualTo(400);
        assertThat(rejected.problem()).isEqualTo("parameter-invalid");
        assertThat(orders()).isZero();
    }

    @Test
    void namesTheHeaderThatIsNotValid() throws Exception {
        assertThat(self.with(IdempotencyKey.HEADER, "a b").post(path, order()).field())
                .isEqualTo("Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", "255 characters"})
    void acceptsEveryVisibleCharacter(String valid) throws Exception {
        var caller = self.with(IdempotencyKey.HEADER, valid.replace("255 characters", "~".repeat(255)));
        var order = order();

        var first = caller.post(path, order);

        assertThat(first.status()).isEqualTo(201);
        assertReplayed(caller.post(path, order), first);
    }

    private static void assertReplayed(Api.Answer replay, Api.Answer first) {
        assertThat(replay.status()).isEqualTo(first.status());
        assertThat(replay.text()).isEqualTo(first.text());
        assertThat(REPLAYED).allSatisfy(name -> assertThat(replay.headers().get(name))
                .isEqualTo(first.headers().get(name)));
        assertThat(replay.headers().headerNames()).isEqualTo(first.headers().headerNames());
    }

    private static void assertRejected(Api.Answer rejected) {
        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.problem()).isEqualTo("idempotency-key-reused");
    }

    private Api keyed(Api caller) {
        return caller.with(IdempotencyKey.HEADER, key);
    }

    private void age(String interval) throws Exception {
        RealPostgres.ask(
                "update idempotency_keys set created_at = now() - ?::interval where key = ? returning key",
                interval,
                key);
    }

    private static void execute(String statements) throws Exception {
        try (var connection = RealPostgres.connection();
                var statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    private int orders() throws Exception {
        return Integer.parseInt(RealPostgres.ask("select count(*) from orders where customer_id = ?", customer));
    }

    private static String orders(long customer) {
        return "/api/customer/" + customer + "/orders";
    }

    private static String session(long customer, long movie) {
        return "{\"customer_id\":%d,\"movie_id\":%d}".formatted(customer, movie);
    }

    /** Of a film that nobody has ordered yet. */
    private static String order() throws Exception {
        var movie = Samples.stalker();
        return "{\"movie_id\":%d,\"cinema_id\":%d}".formatted(movie, Samples.cinemaOffering(movie));
    }
}
