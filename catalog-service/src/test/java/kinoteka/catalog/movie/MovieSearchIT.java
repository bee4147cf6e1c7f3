package kinoteka.catalog.movie;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import kinoteka.catalog.Api;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class MovieSearchIT {

    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"дорогами", "Дорога забытая", "забытые дороги", "roads", "\"forgotten road\"", "Забытая дарога"})
    void findsAFilmByWordsInAnyFormAndByAMisspeltTitle(String words) throws Exception {
        var movie = Samples.movie("Забытая дорога", 1966, 90);
        RealPostgres.ask("update movies set title_original = 'The Forgotten Road' where id = ? returning id", movie);

        assertThat(ids("q=" + encoded(words))).contains(movie);
        assertThat(ids("q=" + encoded("квазистационарный"))).doesNotContain(movie);
    }

    /** They are legal in a query, and not in every header. */
    @ParameterizedTest
    @ValueSource(strings = {"Перевал=", "[Перевал]", "Перевал'\"", "Перевал?/", "перевал+"})
    void linksToTheNextPageOfASearchForAnyCharacters(String words) throws Exception {
        Samples.movie("Перевал", 1961, 90);
        Samples.movie("Перевал", 1988, 30);
        var query = encoded(words).replace("%3D", "=").replace("%5B", "[").replace("%5D", "]");

        var first = api.get("/api/movie?limit=1&q=" + query);

        assertThat(first.status()).isEqualTo(200);
        var link = String.valueOf(first.headers().getFirst(HttpHeaders.LINK));
        var second = api.get(link.substring(1, link.indexOf('>')));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().get(0).get("title").asString()).isEqualTo("Перевал");
        assertThat(second.body().get(0).get("id"))
                .isNotEqualTo(first.body().get(0).get("id"));
    }

    @Test
    void narrowsTheListByEachFilterAndByAllTogether() throws Exception {
        var country = "Страна " + UUID.randomUUID();
        var tag = "метка " + UUID.randomUUID();
        var one = Samples.movie("Первый", 1966, 90);
        var other = Samples.movie("Второй", 1967, 90);
        for (var movie : List.of(one, other)) {
            RealPostgres.ask("update movies set country = ? where id = ? returning id", country, movie);
        }
        RealPostgres.ask(
                "insert into movie_tags (movie_id, tag_id) values (?, ?) returning movie_id",
                one,
                Samples.term("tags", tag));
        RealPostgres.ask(
                "insert into ratings (customer_id, movie_id, stars) values (?, ?, 4) returning id",
                Samples.customer(),
                one);

        assertThat(ids("country=" + encoded(country))).containsExactly(other, one);
        assertThat(ids("year=1966&country=" + encoded(country))).containsExactly(one);
        assertThat(ids("tag=" + encoded(tag))).containsExactly(one);
        assertThat(ids("rating_min=4&country=" + encoded(country))).containsExactly(one);
        assertThat(ids("rating_min=4.01&country=" + encoded(country))).isEmpty();
        assertThat(ids("q=" + encoded("первый") + "&year=1966&rating_min=1&tag=" + encoded(tag) + "&country="
                        + encoded(country)))
                .containsExactly(one);
    }

    @Test
    void carriesTheFilterIntoTheNextPage() throws Exception {
        var country = "Страна " + UUID.randomUUID();
        for (int year = 2000; year < 2003; year++) {
            RealPostgres.ask(
                    "update movies set country = ? where id = ? returning id", country, Samples.movie("Год", year, 1));
        }

        var first = api.get("/api/movie?limit=2&country=" + encoded(country));
        var link = String.valueOf(first.headers().getFirst("Link"));
        var next = api.get(link.substring(1, link.indexOf('>')));

        assertThat(first.body()).hasSize(2);
        assertThat(next.body()).hasSize(1);
        assertThat(next.body().get(0).get("year").asInt()).isEqualTo(2000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"q=", "q=a%00b", "year=1887", "year=x", "rating_min=6", "rating_min=x", "tag=%00", "country=%00"
            })
    void rejectsAnInvalidFilterAndNamesIt(String query) {
        var rejected = api.get("/api/movie?" + query);

        assertThat(rejected.status()).isEqualTo(400);
        assertThat(rejected.field()).isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"' or 1=1 --", "\"", "!!!", "a & | b", "\\", "*", "%", "<->", "🎬"})
    void takesAnySearchForWords(String words) {
        assertThat(api.get("/api/movie?limit=1&q=" + encoded(words)).status()).isEqualTo(200);
    }

    private List<Long> ids(String query) {
        var list = api.get("/api/movie?" + query);
        assertThat(list.status()).isEqualTo(200);
        return StreamSupport.stream(list.body().spliterator(), false)
                .map(movie -> movie.get("id").asLong())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
