package kinoteka.catalog.customer;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

@CatalogIT
class AccountIT {

    private static final List<String> PERSONAL = List.of("email", "name", "mid_name", "surname", "birthday");

    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
    }

    @Test
    void opensAnAccountForAnybodyAndKeepsThePasswordAsAHashOnly() throws Exception {
        var username = "anna-" + UUID.randomUUID();

        var opened = open(username);

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.headers().getLocation()).hasPath("/api/customer/" + opened.id());
        assertThat(opened.body().get("username").asString()).isEqualTo(username);
        assertThat(opened.body().toString()).doesNotContain("password", "argon2", "поезд и платформа");
        var hash = RealPostgres.ask("select password_hash from customers where id = ?", opened.id());
        assertThat(hash).startsWith("{argon2@SpringSecurity_v5_8}$argon2id$");
        assertThat(Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()
                        .matches("поезд и платформа", hash.substring(hash.indexOf('}') + 1)))
                .isTrue();
    }

    @Test
    void showsWhatIsPersonalToItsCustomerAndToAdministratorsOnly() {
        var id = open("levin-" + UUID.randomUUID()).id();
        var path = "/api/customer/" + id;

        for (var other : List.of(api, api.as(Bearer.customer(id + 1)), api.as(Bearer.editor()))) {
            var seen = other.get(path);
            assertThat(seen.status()).isEqualTo(200);
            assertThat(PERSONAL).noneMatch(field -> seen.body().has(field));
            assertThat(seen.headers().getVary()).contains(HttpHeaders.AUTHORIZATION);
        }
        for (var known : List.of(api.as(Bearer.customer(id)), api.as(Bearer.admin()))) {
            var seen = known.get(path);
            assertThat(PERSONAL).allMatch(field -> seen.body().has(field));
            assertThat(seen.body().toString()).doesNotContain("password");
            assertThat(seen.headers().getCacheControl()).contains("private");
        }
    }

    @Test
    void changesWhatAPatchNames() throws Exception {
        var opened = open("kitty-" + UUID.randomUUID());
        var path = "/api/customer/" + opened.id();
        var self = api.as(Bearer.customer(opened.id()));
        var hash = RealPostgres.ask("select password_hash from customers where id = ?", opened.id());

        var patched = self.with(HttpHeaders.IF_MATCH, self.get(path).etag())
                .patch(path, "{\"bio\": \"Катаюсь на коньках\", \"surname\": \"Щербацкая\",\"mid_name\": null}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.body().get("bio").asString()).isEqualTo("Катаюсь на коньках");
        assertThat(patched.body().get("name").asString()).isEqualTo("Анна");
        assertThat(patched.body().get("surname").asString()).isEqualTo("Щербацкая");
        assertThat(patched.body().has("mid_name")).isFalse();
        assertThat(RealPostgres.ask("select password_hash from customers where id = ?", opened.id()))
                .isEqualTo(hash);
        assertThat(self.with(HttpHeaders.IF_MATCH, opened.etag())
                        .patch(path, "{}")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void saysNothingOfSomebodyElsesAccount() throws Exception {
        var other = api.as(Bearer.customer(Samples.customer()));

        for (var id : new long[] {Samples.customer(), Long.MAX_VALUE}) {
            assertThat(other.patch("/api/customer/" + id, "{}").problem()).isEqualTo("forbidden");
            assertThat(other.delete("/api/customer/" + id).problem()).isEqualTo("forbidden");
        }
        assertThat(api.delete("/api/customer/1").problem()).isEqualTo("token-missing");
    }

    @Test
    void rejectsAUsernameOrEmailThatIsTaken() {
        var username = "oblonsky-" + UUID.randomUUID();
        open(username);

        var again = open(username);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("resource-exists");
        assertThat(again.field()).isIn("username", "email");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"email\": \"nobody\"         | email",
                "\"email\": \"\"               | email",
                "\"password\": \"short\"       | password",
                "\"password\": null            | password",
                "\"username\": \" \"           | username",
                "\"birthday\": \"2990-01-01\"  | birthday",
                "\"birthday\": \"1899-01-01\"  | birthday",
                "\"birthday\": \"1990-02-30\"  | birthday",
                "\"birthday\": 1990            | birthday",
                "\"surname\": {}               | surname",
                "\"mid_name\": \"\"            | mid_name",
                "\"roles\": [\"admin\"]        | roles",
                "\"password_hash\": \"x\"      | password_hash"
            })
    void rejectsAnInvalidAccountAndNamesTheField(String wrong, String field) {
        var name = wrong.substring(1, wrong.indexOf('"', 1));
        var right = account("dolly-" + UUID.randomUUID()).replaceAll("\"" + name + "\": \"[^\"]*\",?", "");

        var rejected = api.post("/api/customer", right.replaceFirst("\\{", "{" + wrong + ","));

        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.field()).isEqualTo(field);
    }

    private Api.Answer open(String username) {
        return api.post("/api/customer", account(username));
    }

    private static String account(String username) {
        return """
                {"username": "%s", "email": "%s@example.org", "password": "поезд и платформа",
                 "birthday": "1990-05-17", "surname": "Каренина", "mid_name": "Аркадьевна", "name": "Анна"}
                """.formatted(username, username);
    }
}
