package kinoteka.catalog.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every text field of every body that creates something. */
@CatalogIT
class HostileTextIT {

    private Api admin;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        admin = Api.at(port).as(Bearer.admin());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/movie, title",
        "/api/movie, title_original",
        "/api/movie, country",
        "/api/movie, isan",
        "/api/movie, synopsis",
        "/api/person, first_name",
        "/api/person, mid_name",
        "/api/person, last_name",
        "/api/person, country",
        "/api/person, bio",
        "/api/cinema, title",
        "/api/tag, title",
        "/api/tag, description",
        "/api/customer, username",
        "/api/customer, name",
        "/api/customer, surname",
        "/api/customer, bio"
    })
    void rejectsTextThatTheDatabaseCannotStoreAndKeepsAllOther(String path, String field) throws Exception {
        for (var unstorable : new String[] {"a\\u0000b", "a\\ud800", "\\udc00b", "\\udc00\\ud800"}) {
            var rejected = admin.post(path, body(path, field, unstorable));
            assertThat(rejected.status()).isEqualTo(422);
            assertThat(rejected.field()).isEqualTo(field);
        }
        for (var hostile :
                new String[] {"'); drop table movies; --", "<script>1</script>", "\\ud83c\\udfac", "$1 :q %s"}) {
            var kept = admin.post(
                    path, body(path, field, UUID.randomUUID().toString().substring(0, 8) + hostile));
            assertThat(kept.status()).as(kept.body().toString()).isEqualTo(201);
            assertThat(kept.body().get(field).asString()).endsWith(hostile.replace("\\ud83c\\udfac", "🎬"));
        }
    }

    private static String body(String path, String field, String text) throws Exception {
        var unique = UUID.randomUUID().toString();
        var right =
                switch (path) {
                    case "/api/movie" -> "\"title\":\"a\",\"year\":1975,\"duration\":1";
                    case "/api/person" -> "\"first_name\":\"a\",\"last_name\":\"b\",\"country\":\"c\"";
                    case "/api/cinema" -> "\"title\":\"%s\",\"url\":\"https://%s.example\"".formatted(unique, unique);
                    case "/api/customer" ->
                        "\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"0123456789\",\"name\":\"a\",\"surname\":\"b\",\"birthday\":\"1990-01-01\""
                                .formatted(unique, unique);
                    default -> "\"title\":\"" + Samples.unique("a") + "\"";
                };
        var others = right.replaceAll("\"" + field + "\":\"[^\"]*\",?", "").replaceFirst(",$", "");
        return "{\"%s\":\"%s\"%s}".formatted(field, text, others.isEmpty() ? "" : "," + others);
    }
}
