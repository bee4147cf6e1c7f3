package kinoteka.catalog.award;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Plans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class AwardIT {

    private Api api;
    private Api editor;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
        editor = api.as(Bearer.editor());
    }

    @Test
    void givesAnAwardChangesItAndTakesItBack() throws Exception {
        var movie = Samples.stalker();
        var person = Samples.person();
        var given = editor.post("/api/award", award(movie, ""));
        var path = "/api/award/" + given.id();
        assertThat(given.status()).isEqualTo(201);
        assertThat(given.body().get("person_id").isNull()).isTrue();
        assertThat(api.get("/api/movie/" + movie + "/awards").body()).containsExactly(given.body());

        var same = editor.put(path, given.body().toString());
        assertThat(same.body()).isEqualTo(given.body());
        var personal = editor.with(HttpHeaders.IF_MATCH, given.etag())
                .put(path, given.body().toString().replace("\"person_id\":null", "\"person_id\":" + person));
        assertThat(personal.body().at("/person/id").asLong()).isEqualTo(person);
        assertThat(editor.with(HttpHeaders.IF_MATCH, given.etag()).delete(path).status())
                .isEqualTo(412);
        assertThat(editor.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void isWonByAFilmOnce() throws Exception {
        var award = award(Samples.stalker(), "");
        editor.post("/api/award", award);

        assertThat(editor.post("/api/award", award).problem()).isEqualTo("resource-exists");
    }

    @Test
    void rejectsAReferenceThatDoesNotExistAndNamesIt() throws Exception {
        assertThat(editor.post("/api/award", award(Long.MAX_VALUE, "")).field()).isEqualTo("movie_id");
        assertThat(editor.post("/api/award", award(Samples.stalker(), ",\"person_id\":9223372036854775807"))
                        .field())
                .isEqualTo("person_id");
        assertThat(editor.post(
                                "/api/award",
                                award(Samples.stalker(), "").replace("film_award_id\":", "film_award_id\":9999999"))
                        .field())
                .isEqualTo("film_award_id");
        assertThat(api.post("/api/award", "{}").problem()).isEqualTo("token-missing");
    }

    @Test
    void listsTheLatestFirstPageByPage() throws Exception {
        var movie = Samples.stalker();
        var first = editor.post("/api/award", award(movie, ""));
        var second = editor.post("/api/award", award(movie, ""));

        var page = api.get("/api/award?limit=1&movie_id=" + movie);
        assertThat(page.body()).containsExactly(second.body());
        var link = String.valueOf(page.headers().getFirst(HttpHeaders.LINK));
        assertThat(api.get(link.substring(1, link.indexOf('>'))).body()).containsExactly(first.body());
    }

    @Test
    void readsAPageFromThePrimaryKeyBackwards(@Autowired ReplicaDatabase database) {
        assertThat(Plans.ofPage(Awards.NEWEST_FIRST, Filter.NONE, new Awards.AfterAward(1_000), database))
                .contains("Index Scan Backward using awards_pkey")
                .contains("Index Cond: (id < '1000'::bigint)")
                .doesNotContain("Sort");
    }

    private static String award(long movie, String more) throws Exception {
        return "{\"film_award_id\":%d,\"nomination_id\":%d,\"movie_id\":%d%s}"
                .formatted(Samples.term("film_awards"), Samples.term("nominations"), movie, more);
    }
}
