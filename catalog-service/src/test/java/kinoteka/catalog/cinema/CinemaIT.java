package kinoteka.catalog.cinema;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class CinemaIT {

    private Api api;
    private Api editor;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
        editor = api.as(Bearer.editor());
    }

    @Test
    void addsReplacesChangesAndRemovesACinema() {
        var added = editor.post("/api/cinema", cinema());
        var path = "/api/cinema/" + added.id();
        assertThat(added.headers().getLocation()).hasPath(path);
        assertThat(editor.put(path, added.body().toString()).body()).isEqualTo(added.body());

        var changed = editor.with(HttpHeaders.IF_MATCH, added.etag())
                .patch(path, "{\"url\":\"https://%d.example\"}".formatted(added.id()));
        assertThat(changed.body().get("title")).isEqualTo(added.body().get("title"));
        assertThat(api.get("/api/cinema").body()).contains(changed.body());
        var same = "{\"title\":%s,\"url\":%s}"
                .formatted(changed.body().get("title"), changed.body().get("url"));
        assertThat(editor.post("/api/cinema", same).problem()).isEqualTo("resource-exists");
        assertThat(editor.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void offersAFilmAndRefreshesTheOffer() throws Exception {
        var offers = "/api/movie/" + Samples.stalker() + "/offers";
        var cinema = editor.post("/api/cinema", cinema()).id();
        var offer = "{\"cinema_id\":%d,\"price\":299.90,\"rating\":5}".formatted(cinema);

        var made = editor.post(offers, offer);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().get("discount").asInt()).isZero();
        assertThat(made.body().get("price").toString()).isEqualTo("299.90");
        var path = offers + "/" + made.id();
        assertThat(made.headers().getLocation()).hasPath(path);
        assertThat(editor.post(offers, offer).problem()).isEqualTo("resource-exists");
        var refreshed = editor.with(HttpHeaders.IF_MATCH, made.etag()).patch(path, "{\"price\":199,\"discount\":100}");
        assertThat(refreshed.body().get("price").toString()).isEqualTo("199.00");
        assertThat(refreshed.body().get("rating").asInt()).isEqualTo(5);
        assertThat(api.get(offers).body()).containsExactly(refreshed.body());
        assertThat(editor.with(HttpHeaders.IF_MATCH, made.etag()).delete(path).status())
                .isEqualTo(412);
        assertThat(editor.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void reportsAnOfferOfAnotherFilmAsNotFound() throws Exception {
        var movie = Samples.stalker();
        Samples.cinemaOffering(movie);
        var offer =
                api.get("/api/movie/" + movie + "/offers").body().at("/0/id").asLong();
        var other = "/api/movie/" + Samples.stalker() + "/offers/" + offer;

        assertThat(api.get(other).problem()).isEqualTo("resource-not-found");
        assertThat(editor.patch(other, "{\"price\":1}").problem()).isEqualTo("resource-not-found");
        assertThat(editor.delete(other).problem()).isEqualTo("resource-not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"discount\":101    | discount",
                "\"discount\":-1     | discount",
                "\"rating\":0        | rating",
                "\"rating\":6        | rating",
                "\"price\":-0.01     | price",
                "\"price\":1.001     | price",
                "\"price\":\"1\"     | price",
                "\"price\":null      | price",
                "\"view_count\":-1   | view_count"
            })
    void rejectsAnInvalidOfferAndNamesTheField(String wrong, String field) throws Exception {
        var movie = Samples.stalker();
        Samples.cinemaOffering(movie);
        var offers = "/api/movie/" + movie + "/offers";
        var path = offers + "/" + api.get(offers).body().get(0).get("id").asLong();

        assertThat(editor.patch(path, "{" + wrong + "}").field()).isEqualTo(field);
        assertThat(api.as(Bearer.customer(1)).patch(path, "{" + wrong + "}").problem())
                .isEqualTo("forbidden");
    }

    @ParameterizedTest
    @CsvSource({"ftp://a.example", "a.example", "https://a b.example", "javascript:alert(1)"})
    void rejectsAnInvalidUrl(String url) {
        assertThat(editor.post("/api/cinema", "{\"title\":\"a\",\"url\":\"%s\"}".formatted(url))
                        .field())
                .isEqualTo("url");
    }

    @Test
    void readsAPageFromTheIndexOfTheUniqueTitles(@Autowired ReplicaDatabase database) {
        assertThat(Plans.ofPage(Cinemas.BY_TITLE, Filter.NONE, new Cinemas.AfterCinema("k"), database))
                .contains("Index Only Scan using cinema_title_is_unique")
                .contains("Index Scan using cinema_title_is_unique")
                .contains("Index Cond: (title > 'k'::text)")
                .doesNotContain("Sort");
    }

    private static String cinema() {
        var title = Samples.unique("Иллюзион");
        return "{\"title\":\"%s\",\"url\":\"https://%s.example\"}".formatted(title, title.substring(9));
    }
}
