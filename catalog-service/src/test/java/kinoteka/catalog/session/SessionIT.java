package kinoteka.catalog.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Plans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;

@CatalogIT
class SessionIT {

    private WebTestClient http;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 * 1024 * 1024))
                .build();
    }

    @Test
    void startsASessionAndSaysWhereItIs() throws Exception {
        var username = "kelvin-" + UUID.randomUUID();
        var customer = Samples.customer(username);
        var movie = Samples.movie("Солярис", 1972, 167);

        var created = post("{\"customer_id\":%d,\"movie_id\":%d}".formatted(customer, movie))
                .isCreated()
                .expectHeader()
                .exists(HttpHeaders.ETAG)
                .expectBody()
                .json("""
                        {"customer":{"id":%d,"username":"%s"},
                         "movie":{"id":%d,"title":"Солярис","year":1972,"duration":167}}
                        """.formatted(customer, username, movie))
                .returnResult();
        var location = created.getResponseHeaders().getLocation();
        assertThat(location).isNotNull();
        assertThat(location.getPath()).matches("/api/session/\\d+");

        http.get()
                .uri(location.getPath())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.started_at")
                .value((String instant) -> assertThat(instant).endsWith("Z"));
    }

    @Test
    void endsASessionOnce() throws Exception {
        var id = Samples.session(Samples.customer(), Samples.stalker());

        delete(id, "*").isNoContent();
        delete(id, "*").isNotFound();
        http.get().uri("/api/session/{id}", id).exchange().expectStatus().isNotFound();
    }

    @Test
    void readsAPageFromAnyPositionThatACursorCanSay() {
        var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString("""
                {"negatedYear":%d,"title":"","customer":%d,"negatedId":%d}""".formatted(
                        Integer.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE)
                .getBytes(StandardCharsets.UTF_8));

        http.get()
                .uri("/api/session?limit=1&after=" + cursor)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void endsNoSessionThatHasChangedSinceItWasRead() throws Exception {
        var id = Samples.session(Samples.customer(), Samples.stalker());
        var seen = etag(id);
        RealPostgres.ask("update sessions set customer_id = ? where id = ? returning id", Samples.customer(), id);

        delete(id, seen).isEqualTo(412);
        delete(id, "no tag").isBadRequest();
        delete(id, etag(id)).isNoContent();
    }

    @Test
    void showsAMoviesNewTitleInItsSessions() throws Exception {
        var movie = Samples.stalker();
        var id = Samples.session(Samples.customer(), movie);
        RealPostgres.ask("update movies set title = 'Пикник на обочине', year = 1980 where id = ? returning id", movie);

        http.get()
                .uri("/api/session/{id}", id)
                .exchange()
                .expectBody()
                .jsonPath("$.movie.title")
                .isEqualTo("Пикник на обочине")
                .jsonPath("$.movie.year")
                .isEqualTo(1980);
    }

    @Test
    void readsTheListFromAnIndexAloneAndSortsNothing(@Autowired ReplicaDatabase database) {
        assertThat(Plans.ofPositions(Sessions.BY_MOVIE, database))
                .contains("Index Only Scan using sessions_in_list_order")
                .doesNotContain("Sort");
        assertThat(Plans.ofElements(Sessions.BY_MOVIE, database))
                .contains("Index Only Scan using sessions_in_list_order")
                .doesNotContain("Sort");
    }

    @Test
    void listsByMovieYearThenTitleThenCustomerThenTheLatestFirst() throws Exception {
        var first = Samples.customer();
        var second = Samples.customer();
        var one = Samples.movie("Зеркало", 1975, 107);
        var namesake = Samples.movie("Зеркало", 1975, 108);
        var later = Samples.movie("Ностальгия", 1983, 125);
        for (var movie : new long[] {one, namesake, later, one}) {
            Samples.session(second, movie);
            Samples.session(first, movie);
        }
        var expected = RealPostgres.ask("""
                select string_agg(id::text, ',')
                  from (select s.id
                          from sessions s join movies m on m.id = s.movie_id
                         order by m.year desc, m.title, s.customer_id, s.id desc
                         limit 100000) sorted
                """);

        var listed = http.get()
                .uri("/api/session?limit=100000")
                .accept(MediaType.APPLICATION_NDJSON)
                .exchange()
                .returnResult(Session.class)
                .getResponseBody()
                .map(session -> String.valueOf(session.id()))
                .collectList()
                .block();

        assertThat(listed).isNotNull();
        assertThat(String.join(",", listed)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                             | 400 | /problems/body-malformed",
                "customer                                       | 400 | /problems/body-malformed",
                "{\"customer_id\":                              | 400 | /problems/body-malformed",
                "[1, 2]                                         | 400 | /problems/body-malformed",
                "{\"customer_id\":1,\"movie_id\":1} {}          | 400 | /problems/body-malformed",
                "{\"customer_id\":1,\"movie_id\":1,\"movie_id\":2} | 400 | /problems/body-malformed"
            })
    void rejectsABodyThatIsNotOneJsonObject(String body, int status, String type) throws Exception {
        var before = RealPostgres.ask("select count(*) from sessions");

        post(body == null ? "" : body)
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo(type);

        assertThat(RealPostgres.ask("select count(*) from sessions")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"movie_id\":1}                                                   | customer_id",
                "{\"customer_id\":null,\"movie_id\":1}                              | customer_id",
                "{\"customer_id\":\"1\",\"movie_id\":1}                             | customer_id",
                "{\"customer_id\":1.5,\"movie_id\":1}                               | customer_id",
                "{\"customer_id\":[1],\"movie_id\":1}                               | customer_id",
                "{\"customer_id\":0,\"movie_id\":1}                                 | customer_id",
                "{\"customer_id\":9223372036854775808,\"movie_id\":1}               | customer_id",
                "{\"customer_id\":1,\"movie_id\":-1}                                | movie_id",
                "{\"customer_id\":1,\"movie_id\":1,\"started_on\":\"2026-01-01\"}   | started_on"
            })
    void rejectsAnInvalidFieldAndNamesIt(String body, String field) {
        post(body)
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/body-invalid")
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void rejectsAReferenceThatDoesNotExistAndNamesIt() throws Exception {
        post("{\"customer_id\":9223372036854775807,\"movie_id\":%d}".formatted(Samples.stalker()))
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/reference-not-found")
                .jsonPath("$.errors[0].field")
                .isEqualTo("customer_id");
        post("{\"customer_id\":%d,\"movie_id\":9223372036854775807}".formatted(Samples.customer()))
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("movie_id");
    }

    @Test
    void rejectsABodyOverTheLimit() {
        post(" ".repeat(1024 * 1024) + "{}").isEqualTo(413);
    }

    @Test
    void rejectsABodyInAnotherFormat() {
        http.post()
                .uri("/api/session")
                .headers(Bearer.admin())
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("customer 1")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }

    private StatusAssertions post(String body) {
        return http.post()
                .uri("/api/session")
                .headers(Bearer.admin())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus();
    }

    private StatusAssertions delete(long id, String ifMatch) {
        return http.delete()
                .uri("/api/session/{id}", id)
                .headers(Bearer.admin())
                .header(HttpHeaders.IF_MATCH, ifMatch)
                .exchange()
                .expectStatus();
    }

    private String etag(long id) {
        var headers = http.get()
                .uri("/api/session/{id}", id)
                .exchange()
                .returnResult(byte[].class)
                .getResponseHeaders();
        return String.valueOf(headers.getETag());
    }
}
