package kinoteka.catalog.movie;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Plans;
import kinoteka.catalog.summary.MovieSummary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@CatalogIT
class MovieIT {

    private static final Pattern NEXT = Pattern.compile("<(/api/movie\\?[^>]*)>; rel=\"next\"");

    private String base = "";
    private WebTestClient http;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        base = "http://localhost:" + port;
        http = WebTestClient.bindToServer().baseUrl(base).build();
    }

    @Test
    void showsAMovie() throws Exception {
        var title = "Андрей Рублёв " + UUID.randomUUID();
        var id = Samples.movie(title, 1966, 183);

        http.get()
                .uri("/api/movie/{id}", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectHeader()
                .valueEquals(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .expectBody()
                .json("{\"id\":%d,\"title\":\"%s\",\"year\":1966,\"duration\":183}".formatted(id, title));
    }

    @Test
    void answers304ToWhoHasItAndAgainWithTheWholeAfterAChange() throws Exception {
        var id = Samples.stalker();
        var first = http.get().uri("/api/movie/{id}", id).exchange().returnResult(byte[].class);
        var tag = String.valueOf(first.getResponseHeaders().getETag());
        assertThat(tag).startsWith("\"");

        http.get()
                .uri("/api/movie/{id}", id)
                .header(HttpHeaders.IF_NONE_MATCH, "\"other\", W/" + tag)
                .exchange()
                .expectStatus()
                .isNotModified()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, tag)
                .expectBody()
                .isEmpty();

        RealPostgres.ask("update movies set duration_minutes = 163 where id = ? returning id", id);
        http.get()
                .uri("/api/movie/{id}", id)
                .header(HttpHeaders.IF_NONE_MATCH, tag)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void writesOneMovieAsALineWithATagOfItsOwn() throws Exception {
        var id = Samples.stalker();
        var json = http.get().uri("/api/movie/{id}", id).exchange().returnResult(String.class);

        var line = http.get()
                .uri("/api/movie/{id}", id)
                .accept(MediaType.APPLICATION_NDJSON)
                .exchange()
                .expectHeader()
                .contentType(MediaType.APPLICATION_NDJSON)
                .returnResult(byte[].class);

        assertThat(line.getResponseBodyContent()).endsWith('\n');
        assertThat(line.getResponseHeaders().getETag())
                .isNotEqualTo(json.getResponseHeaders().getETag());
    }

    @Test
    void headSaysWhatGetWouldWithoutTheBody() throws Exception {
        var id = Samples.stalker();
        var get = http.get().uri("/api/movie/{id}", id).exchange().returnResult(byte[].class);

        http.head()
                .uri("/api/movie/{id}", id)
                .exchange()
                .expectHeader()
                .contentLength(get.getResponseHeaders().getContentLength())
                .expectHeader()
                .valueEquals(
                        HttpHeaders.ETAG,
                        String.valueOf(get.getResponseHeaders().getETag()))
                .expectBody()
                .isEmpty();
    }

    @Test
    void pagesThroughAllMoviesInOrderWithoutShowingOneTwiceOrLeavingOneOut() throws Exception {
        for (var i = 0; i < 7; i++) {
            Samples.movie("Двойник", 1990, 90);
            Samples.movie("Ёлки " + i, 1990 + i % 2, 90);
        }
        var expected = RealPostgres.ask("select string_agg(id::text, ',' order by year desc, title, id) from movies");

        var seen = new ArrayList<Long>();
        var next = "/api/movie?limit=3";
        while (next != null) {
            var page = http.get().uri(next).exchange().expectStatus().isOk().returnResult(MovieSummary.class);
            var movies = page.getResponseBody().collectList().block();
            assertThat(movies).isNotNull();
            assertThat(movies).hasSizeBetween(1, 3);
            movies.forEach(movie -> seen.add(movie.id()));
            var link = page.getResponseHeaders().getFirst(HttpHeaders.LINK);
            var matcher = NEXT.matcher(link == null ? "" : link);
            next = matcher.matches() ? matcher.group(1) : null;
        }

        assertThat(String.join(",", seen.stream().map(String::valueOf).toList()))
                .isEqualTo(expected);
    }

    @Test
    void readsTheListInTheOrderOfAnIndexAndSortsNothing(@Autowired ReplicaDatabase database) {
        assertThat(Plans.ofPositions(Movies.NEWEST_FIRST, database))
                .contains("Index Only Scan using movies_in_list_order")
                .doesNotContain("Sort");
        assertThat(Plans.ofElements(Movies.NEWEST_FIRST, database))
                .contains("Index Scan using movies_in_list_order")
                .doesNotContain("Sort");
    }

    @Test
    void offersNoNextPageWhereNoneIs() throws Exception {
        Samples.stalker();

        http.get().uri("/api/movie?limit=100000").exchange().expectHeader().doesNotExist(HttpHeaders.LINK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/movie?limit=0            | limit | expected: 1..100000",
                "/api/movie?limit=-1           | limit | expected: 1..100000",
                "/api/movie?limit=100001       | limit | expected: 1..100000",
                "/api/movie?limit=abc          | limit | expected: a whole number of 32 bits in decimal digits",
                "/api/movie?limit=1.5          | limit | expected: a whole number of 32 bits in decimal digits",
                "/api/movie?limit=99999999999  | limit | expected: a whole number of 32 bits in decimal digits",
                "/api/movie?after=forged       | after | expected: the cursor of a next link of this list",
                "/api/movie?after=             | after | expected: a text without NUL",
                "/api/movie/0                  | id    | expected: a positive whole number of 64 bits",
                "/api/movie/-1                 | id    | expected: a positive whole number of 64 bits",
                "/api/movie/one                | id    | expected: a whole number of 64 bits in decimal digits",
                "/api/movie/9223372036854775808| id    | expected: a whole number of 64 bits in decimal digits",
                "/api/movie/1'%20or%20'1'='1   | id    | expected: a whole number of 64 bits in decimal digits"
            })
    void rejectsAnInvalidParameterAndNamesIt(String uri, String field, String detail) {
        http.get()
                .uri(URI.create(base + uri))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/parameter-invalid")
                .jsonPath("$.errors[0].field")
                .isEqualTo(field)
                .jsonPath("$.errors[0].detail")
                .isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "\"abc", ",/\\", "W/abc"})
    void rejectsAConditionThatIsNotAnEntityTag(String tag) throws Exception {
        http.get()
                .uri("/api/movie/{id}", Samples.stalker())
                .header(HttpHeaders.IF_NONE_MATCH, tag)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("If-None-Match");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, Integer.MAX_VALUE})
    void readsAPageFromAnyPositionThatACursorCanSay(int negatedYear) {
        var cursor = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"negatedYear\":%d,\"title\":\"\",\"id\":-9223372036854775808}"
                        .formatted(negatedYear)
                        .getBytes(StandardCharsets.UTF_8));

        http.get()
                .uri("/api/movie?limit=1&after=" + cursor)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void saysThatAMovieDoesNotExistUnderTheTraceOfTheRequest() {
        http.get()
                .uri("/api/movie/9223372036854775807")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/resource-not-found")
                .jsonPath("$.instance")
                .isEqualTo("/api/movie/9223372036854775807")
                .jsonPath("$.trace_id")
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "text/event-stream"})
    void rejectsAnUnsupportedFormat(String format) throws Exception {
        http.get()
                .uri("/api/movie/{id}", Samples.stalker())
                .accept(MediaType.parseMediaType(format))
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("The available formats are: application/json, application/x-ndjson.");
    }

    @Test
    void rejectsAnUnsupportedMethod() {
        for (var method : List.of(HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.PATCH)) {
            http.method(method)
                    .uri("/api/movie")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(405)
                    .expectHeader()
                    .exists(HttpHeaders.ALLOW);
        }
    }
}
