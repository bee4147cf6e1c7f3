package kinoteka.catalog.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class PersonIT {

    private static final String PERSON = """
            {"first_name": "Анатолий", "mid_name": "Алексеевич", "last_name": "%s", "country": "СССР",
             "birthday": "1934-10-30", "bio": "Актёр"}
            """;

    private Api api;
    private Api editor;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
        editor = api.as(Bearer.editor());
    }

    @Test
    void addsReplacesChangesAndRemovesAPerson() {
        var added = editor.post("/api/person", PERSON.formatted("Солоницын"));
        var path = "/api/person/" + added.id();
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.headers().getLocation()).hasPath(path);
        assertThat(api.get(path).body()).isEqualTo(added.body());

        assertThat(editor.put(path, added.body().toString()).body()).isEqualTo(added.body());
        var changed = editor.with(HttpHeaders.IF_MATCH, added.etag()).patch(path, "{\"mid_name\":null}");
        assertThat(changed.body().get("mid_name").isNull()).isTrue();
        assertThat(editor.with(HttpHeaders.IF_MATCH, added.etag())
                        .put(path, PERSON.formatted("a"))
                        .status())
                .isEqualTo(412);
        assertThat(editor.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void showsAFilmographyWithTheNewestFilmFirst() throws Exception {
        var person = Samples.person();
        var position = Samples.term("positions");
        var old = Samples.movie("Каток и скрипка", 1961, 46);
        var late = Samples.movie("Жертвоприношение", 1986, 149);
        for (var movie : new long[] {old, late}) {
            var named = editor.post(
                    "/api/movie/" + movie + "/staff",
                    "{\"person_id\":%d,\"position_id\":%d}".formatted(person, position));
            assertThat(named.status()).isEqualTo(201);
            assertThat(named.body().get("is_lead_role").asBoolean()).isFalse();
        }
        var award = editor.post(
                "/api/award",
                "{\"film_award_id\":%d,\"nomination_id\":%d,\"movie_id\":%d,\"person_id\":%d}"
                        .formatted(Samples.term("film_awards"), Samples.term("nominations"), late, person));

        var page =
                api.get("/api/person/" + person + "?include=filmography,awards").body();

        assertThat(page.at("/filmography/0/movie/id").asLong()).isEqualTo(late);
        assertThat(page.at("/filmography/1/movie/id").asLong()).isEqualTo(old);
        assertThat(page.at("/awards/0")).isEqualTo(award.body());
        assertThat(api.get("/api/award?person_id=" + person).body()).hasSize(1);
        assertThat(editor.delete("/api/person/" + person).problem()).isEqualTo("resource-in-use");
    }

    @Test
    void findsAPersonByAMisspeltName() {
        var name = Samples.unique("Кайдановский");
        var id = editor.post("/api/person", PERSON.formatted(name)).id();

        var found = api.get(
                "/api/person?q=" + URLEncoder.encode("Кайдоновский " + name.substring(13), StandardCharsets.UTF_8));

        assertThat(found.body().get(0).get("id").asLong()).isEqualTo(id);
        assertThat(found.body().get(0).has("bio")).isFalse();
    }

    @Test
    void rejectsAnInvalidPerson() {
        assertThat(editor.post("/api/person", PERSON.formatted(" ")).field()).isEqualTo("last_name");
        assertThat(editor.post("/api/person", PERSON.formatted("a").replace("1934", "2934"))
                        .field())
                .isEqualTo("birthday");
        assertThat(editor.post("/api/person", PERSON.formatted("a").replace("1934", "1734"))
                        .status())
                .isEqualTo(422);
        assertThat(api.as(Bearer.customer(1))
                        .post("/api/person", PERSON.formatted("a"))
                        .problem())
                .isEqualTo("forbidden");
    }
}
