package kinoteka.catalog.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.HeldLock;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

@CatalogIT
class PasswordIT {

    private static final String ALGORITHM = "{argon2@SpringSecurity_v5_8}";
    private static final Argon2PasswordEncoder ARGON2 = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private static final String OLD = "поезд и платформа";
    private static final String OLD_HASH = ALGORITHM + ARGON2.encode(OLD);
    private static final String CHANGE =
            "{\"password\": \"другой пароль\", \"current_password\": \"" + OLD + "\", \"bio\": \"changed\"}";

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final MeterRegistry metrics;
    private Api api;
    private long customer;
    private String path;
    private Api self;

    PasswordIT(@Autowired MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @BeforeEach
    void connect(@LocalServerPort int port) throws Exception {
        api = Api.at(port);
        customer = customer();
        path = "/api/customer/" + customer;
        self = api.as(Bearer.customer(customer));
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void changesThePasswordOfACustomerWhoKnowsTheCurrentOne() throws Exception {
        var changed = self.patch(path, CHANGE);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().get("bio").asString()).isEqualTo("changed");
        assertThat(changed.text()).doesNotContain("password", "argon2", "другой пароль");
        assertThat(matches("другой пароль")).isTrue();
        assertThat(self.patch(path, CHANGE).status()).isEqualTo(403);
        assertThat(self.patch(path, "{\"current_password\": \"другой пароль\", \"password\": \"третий пароль\"}")
                        .status())
                .isEqualTo(200);
        assertThat(matches("третий пароль")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"поезд и платформа \"", "\"другой пароль\"", "\"\""})
    void changesNothingIfTheCurrentPasswordIsWrong(String wrong) throws Exception {
        var rejected = self.patch(path, CHANGE.replace('"' + OLD + '"', wrong));

        assertThat(rejected.status()).isEqualTo(403);
        assertThat(rejected.problem()).isEqualTo("forbidden");
        assertThat(rejected.field()).isEqualTo("current_password");
        assertUnchanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\": \"другой пароль\", \"bio\": \"changed\"}",
                "{\"password\": \"другой пароль\", \"bio\": \"changed\", \"current_password\": null}"
            })
    void changesNothingIfTheCurrentPasswordIsMissing(String body) throws Exception {
        for (var caller : List.of(
                self,
                api.as(Bearer.header(Bearer.sign(
                        Bearer.KEY,
                        Bearer.claims(Long.toString(customer), "customer")
                                .claim("roles", List.of("customer", "editor"))
                                .build()))))) {
            var rejected = caller.patch(path, body);

            assertThat(rejected.status()).isEqualTo(422);
            assertThat(rejected.problem()).isEqualTo("body-invalid");
            assertThat(rejected.field()).isEqualTo("current_password");
        }
        assertUnchanged();
    }

    @Test
    void letsAdministratorsSetAPasswordWithoutTheCurrentOne() throws Exception {
        assertThat(api.as(Bearer.admin())
                        .patch(path, "{\"password\": \"другой пароль\"}")
                        .status())
                .isEqualTo(200);

        assertThat(matches("другой пароль")).isTrue();
    }

    @Test
    void letsNobodyElseSetAPassword() throws Exception {
        for (var caller : List.of(api.as(Bearer.customer(Samples.customer())), api.as(Bearer.editor()))) {
            assertThat(caller.patch(path, CHANGE).problem()).isEqualTo("forbidden");
        }
        assertThat(api.patch(path, CHANGE).problem()).isEqualTo("token-missing");
        assertUnchanged();
    }

    @Test
    void letsOnlyAdministratorsSetTheFirstPassword() throws Exception {
        setHash(null);

        assertThat(self.patch(path, CHANGE).problem()).isEqualTo("forbidden");
        assertThat(hash()).isNull();
        assertThat(api.as(Bearer.admin()).patch(path, CHANGE).status()).isEqualTo(200);
        assertThat(matches("другой пароль")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{noop}поезд и платформа", "поезд и платформа", "{argon2@SpringSecurity_v5_8}broken"})
    void matchesNoPasswordToAHashThatItCannotVerify(String hash) throws Exception {
        setHash(hash);

        assertThat(self.patch(path, CHANGE).field()).isEqualTo("current_password");
        assertThat(hash()).isEqualTo(hash);
    }

    @Test
    void needsNoPasswordForOtherFields() throws Exception {
        assertThat(self.patch(path, "{\"bio\": \"a\"}").status()).isEqualTo(200);
        assertThat(self.patch(path, "{\"bio\": \"b\", \"password\": null}").status())
                .isEqualTo(200);
        assertThat(self.patch(path, "{\"bio\": \"c\", \"current_password\": \"ignored\"}")
                        .status())
                .isEqualTo(200);
        assertThat(hash()).isEqualTo(OLD_HASH);
    }

    @Test
    void rejectsAnInvalidNewPasswordByName() throws Exception {
        assertThat(self.patch(path, CHANGE.replace("другой пароль", "короткий")).field())
                .isEqualTo("password");
        assertThat(self.patch(path, CHANGE.replace("\"changed\"", "1")).field()).isEqualTo("bio");
        assertUnchanged();
    }

    @Test
    void changesNothingIfTheAccountHasChangedSinceItWasRead() throws Exception {
        var etag = self.get(path).etag();
        RealPostgres.ask("update customers set name = 'Кити' where id = ? returning id", customer);

        assertThat(self.with(HttpHeaders.IF_MATCH, etag).patch(path, CHANGE).status())
                .isEqualTo(412);
        assertUnchanged();
    }

    @Test
    void changesNothingIfThePasswordIsReplacedAfterItsVerification() throws Exception {
        var other = OLD_HASH.replace("$argon2id", "$other");
        try (var lock = HeldLock.by("select from customers where id = ? for update", customer)) {
            var change = clients.submit(() -> self.patch(path, CHANGE));
            lock.awaitWaiting(1);
            lock.execute("update customers set password_hash = ? where id = ?", other, customer);
            lock.commit();

            assertThat(change.get().status()).isEqualTo(403);
            assertThat(change.get().field()).isEqualTo("current_password");
        }
        assertThat(hash()).isEqualTo(other);
        assertThat(self.get(path).body().get("bio").isNull()).isTrue();
    }

    @Test
    void holdsNoConnectionWhileItHashes() throws Exception {
        var changes = new ArrayList<Future<Api.Answer>>();
        for (int i = 0; i < 12; i++) {
            var id = customer();
            changes.add(clients.submit(() -> api.as(Bearer.customer(id)).patch("/api/customer/" + id, CHANGE)));
        }
        await().until(() -> gauge("password.requests") >= 8);

        var acquired = new ArrayList<Double>();
        while (gauge("password.requests") >= 4) {
            acquired.add(gauge("r2dbc.pool.acquired"));
            assertThat(api.get("/api/customer/" + customer).status()).isEqualTo(200);
        }

        assertThat(acquired).isNotEmpty();
        assertThat(acquired.stream().filter(count -> count == 0).count()).isGreaterThan(acquired.size() / 2);
        for (var change : changes) {
            assertThat(change.get().status()).isEqualTo(200);
        }
    }

    @Test
    void rejectsTheRegistrationsOfOneClientOverItsLimitAndNobodyElses() throws Exception {
        var registrations = new ArrayList<Future<Api.Answer>>();
        for (int i = 0; i < 40; i++) {
            registrations.add(clients.submit(() -> api.post("/api/customer", registration())));
        }
        await().until(() -> gauge("password.requests") >= 8);

        assertThat(self.patch(path, CHANGE).status()).isEqualTo(200);
        var rejected = 0;
        for (var registration : registrations) {
            var response = registration.get();
            if (response.status() != 201) {
                assertThat(response.problem()).isEqualTo("too-many-requests");
                assertThat(response.status()).isEqualTo(429);
                assertThat(response.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
                rejected++;
            }
        }
        assertThat(rejected).isBetween(1, 30);
    }

    private static String registration() {
        return """
                {"username": "%s", "email": "%1$s@example.org", "password": "поезд и платформа",
                 "birthday": "1990-05-17", "surname": "Каренина", "name": "Анна"}
                """.formatted(UUID.randomUUID());
    }

    /** The sum over all pools, where there are several. */
    private double gauge(String name) {
        return metrics.get(name).gauges().stream().mapToDouble(Gauge::value).sum();
    }

    private static long customer() throws Exception {
        var id = Samples.customer();
        RealPostgres.ask("update customers set password_hash = ? where id = ? returning id", OLD_HASH, id);
        return id;
    }

    private void assertUnchanged() throws Exception {
        assertThat(hash()).isEqualTo(OLD_HASH);
        assertThat(self.get(path).body().get("bio").isNull()).isTrue();
    }

    private boolean matches(String password) throws Exception {
        return ARGON2.matches(password, hash().substring(ALGORITHM.length()));
    }

    private String hash() throws Exception {
        return RealPostgres.ask("select password_hash from customers where id = ?", customer);
    }

    private void setHash(@Nullable String hash) throws Exception {
        RealPostgres.ask("update customers set password_hash = ? where id = ? returning id", hash, customer);
    }
}
