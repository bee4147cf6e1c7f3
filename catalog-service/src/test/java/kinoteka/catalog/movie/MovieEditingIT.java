package kinoteka.catalog.movie;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

@CatalogIT
class MovieEditingIT {

    private static final String MIRROR = """
            {"title": "Зеркало", "title_original": "The Mirror", "year": 1975, "duration": 107, "country": "СССР",
             "age_rating": "12+", "budget": 622000.5, "synopsis": "Память", "tags": []}
            """;

    private Api api;
    private Api editor;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
        editor = api.as(Bearer.editor());
    }

    @Test
    void addsAFilmAndSaysWhereItIs() {
        var added = editor.post("/api/movie", MIRROR);

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.headers().getLocation()).hasPath("/api/movie/" + added.id());
        assertThat(added.body().get("budget").toString()).isEqualTo("622000.50");
        var read = api.get("/api/movie/" + added.id());
        assertThat(read.body()).isEqualTo(added.body());
        assertThat(read.etag()).isEqualTo(added.etag());
    }

    @Test
    void takesBackWhatItShowedAndIgnoresWhatNobodyMayChange() {
        var id = editor.post("/api/movie", MIRROR).id();
        var shown = api.get("/api/movie/" + id + "?include=staff,awards,offers");

        var put = editor.put("/api/movie/" + id, shown.body().toString());

        assertThat(put.status()).as(put.body().toString()).isEqualTo(200);
        assertThat(put.body()).isEqualTo(api.get("/api/movie/" + id).body());
    }

    @Test
    void changesWhatAPatchNamesAndNothingElse() throws Exception {
        var tag = Samples.unique("философия");
        Samples.term("tags", tag);
        var id = editor.post("/api/movie", MIRROR).id();

        var patched = editor.patch(
                "/api/movie/" + id, "{\"synopsis\": null, \"duration\": 108, \"tags\": [\"%s\"]}".formatted(tag));

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.body().get("title").asString()).isEqualTo("Зеркало");
        assertThat(patched.body().get("duration").asInt()).isEqualTo(108);
        assertThat(patched.body().get("synopsis").isNull()).isTrue();
        assertThat(patched.body().get("tags").get(0).asString()).isEqualTo(tag);
        assertThat(editor.patch("/api/movie/" + id, "{\"tags\": []}").body().get("tags"))
                .isEmpty();
    }

    @Test
    void losesNoUpdateOfSomebodyElse() {
        var added = editor.post("/api/movie", MIRROR);
        var path = "/api/movie/" + added.id();
        assertThat(editor.with(HttpHeaders.IF_MATCH, added.etag())
                        .patch(path, "{\"year\": 1974}")
                        .status())
                .isEqualTo(200);

        var late = editor.with(HttpHeaders.IF_MATCH, added.etag());

        assertThat(late.patch(path, "{\"year\": 1976}").problem()).isEqualTo("precondition-failed");
        assertThat(late.put(path, MIRROR).problem()).isEqualTo("precondition-failed");
        assertThat(late.delete(path).problem()).isEqualTo("precondition-failed");
        assertThat(api.get(path).body().get("year").asInt()).isEqualTo(1974);
    }

    @Test
    void removesAFilmUnlessSomebodyBoughtIt() throws Exception {
        var id = Samples.stalker();
        var bought = Samples.stalker();
        RealPostgres.ask(
                "insert into orders (customer_id, movie_id, cinema_id, price) values (?, ?, ?, 1) returning id",
                Samples.customer(),
                bought,
                Samples.cinemaOffering(bought));

        assertThat(editor.delete("/api/movie/" + id).status()).isEqualTo(204);
        assertThat(api.get("/api/movie/" + id).status()).isEqualTo(404);
        assertThat(editor.delete("/api/movie/" + id).status()).isEqualTo(404);
        assertThat(editor.delete("/api/movie/" + bought).problem()).isEqualTo("resource-in-use");
        assertThat(api.get("/api/movie/" + bought).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                  | title",
                "{\"title\":\" \",\"year\":1975,\"duration\":107}    | title",
                "{\"title\":null,\"year\":1975,\"duration\":107}     | title",
                "{\"title\":7,\"year\":1975,\"duration\":107}        | title",
                "{\"title\":\"a\",\"year\":1887,\"duration\":107}    | year",
                "{\"title\":\"a\",\"year\":\"x\",\"duration\":107}   | year",
                "{\"title\":\"a\",\"duration\":107}                  | year",
                "{\"title\":\"a\",\"year\":1975,\"duration\":-1}     | duration",
                "{\"title\":\"a\",\"year\":1975,\"duration\":1,\"age_rating\":\"7+\"} | age_rating",
                "{\"title\":\"a\",\"year\":1975,\"duration\":1,\"budget\":-1}         | budget",
                "{\"title\":\"a\",\"year\":1975,\"duration\":1,\"budget\":0.001}      | budget",
                "{\"title\":\"a\",\"year\":1975,\"duration\":1,\"budget\":1e99999}    | budget",
                "{\"title\":\"a\",\"year\":1975,\"duration\":1,\"tags\":[null]}       | tags.0",
                "{\"title\":\"a\",\"year\":1975,\"duration\":1,\"tags\":\"a\"}        | tags",
                "{\"title\":\"a\",\"year\":1975,\"duration\":1,\"tags\":[\"\"]}       | tags[0]",
                "{\"title\":\"a\",\"year\":1975,\"duration\":1,\"director\":\"b\"}    | director"
            })
    void rejectsAnInvalidFieldAndNamesIt(String body, String field) throws Exception {
        var before = RealPostgres.ask("select count(*) from movies");

        var rejected = editor.post("/api/movie", body);

        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.problem()).isEqualTo("body-invalid");
        assertThat(rejected.field()).isEqualTo(field);
        assertThat(RealPostgres.ask("select count(*) from movies")).isEqualTo(before);
    }

    @Test
    void holdsAPatchToTheSameRules() throws Exception {
        var path = "/api/movie/" + Samples.stalker();

        assertThat(editor.patch(path, "{\"year\": 1}").field()).isEqualTo("year");
        assertThat(editor.patch(path, "{\"title\": null}").field()).isEqualTo("title");
        assertThat(editor.patch(path, "{\"title\": {}}").field()).isEqualTo("title");
        assertThat(editor.patch(path, "{\"director\": \"b\"}").field()).isEqualTo("director");
        assertThat(editor.patch(path, "[]").problem()).isEqualTo("body-malformed");
        assertThat(editor.patch(path, "null").status()).isEqualTo(400);
        assertThat(editor.patch(path, "{}").status()).isEqualTo(200);
    }

    @Test
    void namesNoMoreThanTwentyInvalidFields() throws Exception {
        var unknown =
                IntStream.range(0, 5_000).mapToObj(n -> "\"f" + n + "\":0").collect(Collectors.joining(",", "{", "}"));

        var rejected = editor.patch("/api/movie/" + Samples.stalker(), unknown);

        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.body().get("errors")).hasSize(20);
    }

    @Test
    void rejectsATagThatDoesNotExistAndAddsNothing() throws Exception {
        var before = RealPostgres.ask("select count(*) from movies");

        var rejected =
                editor.post("/api/movie", "{\"title\":\"a\",\"year\":1975,\"duration\":1,\"tags\":[\"нет такого\"]}");

        assertThat(rejected.problem()).isEqualTo("reference-not-found");
        assertThat(rejected.field()).isEqualTo("tags");
        assertThat(RealPostgres.ask("select count(*) from movies")).isEqualTo(before);
    }

    @Test
    void rejectsAnIsanThatAnotherFilmHas() {
        var isan = Samples.unique("").substring(1, 34);
        var film = "{\"title\":\"a\",\"year\":1975,\"duration\":1,\"isan\":\"%s\"}".formatted(isan);
        editor.post("/api/movie", film);

        var rejected = editor.post("/api/movie", film);

        assertThat(rejected.status()).isEqualTo(409);
        assertThat(rejected.problem()).isEqualTo("resource-exists");
        assertThat(rejected.field()).isEqualTo("isan");
    }

    @Test
    void rejectsCallersWhoAreNotEditors() throws Exception {
        var path = "/api/movie/" + Samples.stalker();
        var customer = api.as(Bearer.customer(1));

        for (var who : new Api[] {api, customer}) {
            int status = who == api ? 401 : 403;
            assertThat(who.post("/api/movie", MIRROR).status()).isEqualTo(status);
            assertThat(who.put(path, MIRROR).status()).isEqualTo(status);
            assertThat(who.patch(path, "{}").status()).isEqualTo(status);
            assertThat(who.delete(path).status()).isEqualTo(status);
        }
    }
}
