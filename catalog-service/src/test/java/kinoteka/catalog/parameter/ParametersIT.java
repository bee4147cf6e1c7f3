package kinoteka.catalog.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@CatalogIT
class ParametersIT {

    private Api api;
    private int port;

    @BeforeEach
    void connect(@LocalServerPort int localPort) {
        port = localPort;
        api = Api.at(localPort);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x%x", "0X%x", "%%23%x", "0%o", "0%d", "00%d", "+%d", "%%2B%d", "%%20%d", "%d%%20", "%d.0", "%de0",
                "%dL", "%d,%<d", "-%d"
            })
    void rejectsAnIdThatIsNotInPlainDecimalDigits(String spelling) throws Exception {
        var response = api.get("/api/movie/" + spelling.formatted(Samples.stalker()));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.problem()).isEqualTo("parameter-invalid");
        assertThat(response.field()).isEqualTo("id");
    }

    @Test
    void rejectsAnIdInDigitsOfAnotherScript() throws Exception {
        var fullWidth = new StringBuilder();
        Long.toString(Samples.stalker())
                .chars()
                .forEach(digit -> fullWidth.append("%EF%BC%").append(Integer.toHexString(0x90 + digit - '0')));

        assertThat(api.get("/api/movie/" + fullWidth).field()).isEqualTo("id");
    }

    /** A percent-encoded digit is that digit (RFC 3986, section 2.3). */
    @Test
    void readsAnIdWhoseDigitsArePercentEncoded() throws Exception {
        var id = Samples.stalker();
        var encoded = new StringBuilder();
        Long.toString(id).chars().forEach(digit -> encoded.append('%').append(Integer.toHexString(digit)));

        assertThat(api.get("/api/movie/" + encoded).id()).isEqualTo(id);
    }

    @Test
    void rejectsParametersBehindASemicolonInThePath() throws Exception {
        var response = api.get("/api/movie/" + Samples.stalker() + ";v=1");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.problem()).isEqualTo("parameter-invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/movie?limit=1&limit=2x, limit",
        "/api/movie?limit=1&limit=1, limit",
        "/api/movie?limit=1&limit=, limit",
        "/api/movie?limit, limit",
        "/api/movie?limit=, limit",
        "/api/movie?limit=0x2, limit",
        "/api/movie?limit=%2B2, limit",
        "/api/movie?limit=02, limit",
        "/api/movie?limit=1%200, limit",
        "/api/movie?limit=%EF%BC%95, limit",
        "/api/movie?limit=1e2, limit",
        "/api/movie/1/awards?limit=%D9%A3, limit",
        "/api/movie/1/awards?limit=text, limit",
        "/api/movie?year=, year",
        "/api/movie?year=3000000000, year",
        "/api/movie?rating_min=%2B4, rating_min",
        "/api/movie?rating_min=4., rating_min",
        "/api/movie?rating_min=.4e1, rating_min",
        "/api/movie?rating_min=%EF%BC%94, rating_min",
        "/api/movie?rating_min=04, rating_min",
        "/api/movie?tag=a&tag=b, tag",
        "/api/movie?tag=, tag",
        "/api/movie?q=%ff, q",
        "/api/movie?q=%c3, q",
        "/api/movie?q=a&q=a, q",
        "/api/movie?after=, after",
        "/api/movie?after=%2B, after",
        "/api/movie/1?include=STAFF, include",
        "/api/movie/1?include=, include",
        "/api/movie/1?include=staff&include=awards, include",
        "'/api/movie/1?include=staff,', include",
        "'/api/movie/1?include=staff,,awards', include",
        "'/api/movie/1?include=staff,%20awards', include",
        "/api/session?customer_id=0x1, customer_id",
        "/api/changes?kind=MOVIE, kind",
        "/api/changes?kind=, kind",
        "/api/changes?kind=movie&kind=person, kind",
        "/api/changes?last_event_id=a&last_event_id=b, last_event_id"
    })
    void rejectsAValueThatIsNotWrittenAsDeclaredAndNamesTheParameter(String target, String field) {
        var response = api.get(target);

        assertThat(response.status()).as(target).isEqualTo(400);
        assertThat(response.problem()).isEqualTo("parameter-invalid");
        assertThat(response.field()).isEqualTo(field);
    }

    /** The prefixes and suffixes are those that Spring's data binding gives a meaning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits",
                "LIMIT",
                "_",
                "utm_source",
                "limit[]",
                "limit[0]",
                "_limit",
                "!limit",
                "page.limit",
                "class",
                "%00",
                "ratingMin"
            })
    void rejectsAnUnknownParameterAndListsTheKnownOnes(String name) {
        var response = api.get("/api/movie?" + name + "=1");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.field()).isEqualTo(name.replace("%00", "\0"));
        assertThat(response.body().at("/errors/0/detail").stringValue())
                .isEqualTo("unknown parameter (expected: after, country, limit, q, rating_min, tag, year)");
    }

    @Test
    void rejectsAParameterOfAnOperationThatHasNone() {
        var response = api.as(Bearer.admin()).delete("/api/movie/1?cascade=true");

        assertThat(response.field()).isEqualTo("cascade");
        assertThat(response.body().at("/errors/0/detail").stringValue())
                .isEqualTo("unknown parameter (expected: none)");
    }

    @Test
    void namesEveryParameterThatIsNotValid() {
        assertThat(api.get("/api/movie?limit=a&year=b&z=c")
                        .body()
                        .path("errors")
                        .findValuesAsString("field"))
                .containsExactly("limit", "year", "z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/movie?limit=1&",
                "/api/movie?&&limit=1",
                "/api/movie?q=%D0%B4%D0%BE%D1%80%D0%BE%D0%B3%D0%B0+a&limit=1",
                "/api/movie?rating_min=4.50&limit=1",
                "/api/movie?tag=a%26b&limit=1",
                "/openapi.json?v=2",
                "/docs?utm_source=a"
            })
    void acceptsEverythingElse(String target) {
        assertThat(api.as(headers -> headers.setAccept(List.of(MediaType.ALL)))
                        .send(HttpMethod.HEAD, target, null)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/session, Idempotency-Key, a, b",
        "POST, /api/session, Authorization, Bearer a, Bearer a",
        "POST, /api/session, Content-Type, application/json, text/plain",
        "GET, /api/changes, Last-Event-ID, a, b"
    })
    void rejectsASecondValueOfAHeaderThatIsNoList(
            String method, String path, String header, String first, String second) {
        var request = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build()
                .method(HttpMethod.valueOf(method))
                .uri(path)
                .headers(Bearer.admin());
        if (method.equals("POST")) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue("{}");
        }
        request.headers(headers -> headers.remove(header)).header(header, first, second);
        if (header.equals(HttpHeaders.AUTHORIZATION)) {
            request.headers(headers -> headers.remove(header))
                    .headers(Bearer.admin())
                    .headers(headers -> headers.add(header, second));
        }

        request.exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(header)
                .jsonPath("$.errors[0].detail")
                .isEqualTo("expected: one value");
    }

    @Test
    void joinsTheLinesOfAConditionalHeader() throws Exception {
        var path = "/api/movie/" + Samples.stalker();
        var etag = api.get(path).etag();

        WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build()
                .get()
                .uri(path)
                .header(HttpHeaders.IF_NONE_MATCH, "\"other\"", etag)
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    /** The last one without the boundary that it must have. */
    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data"})
    void readsNoParametersFromAForm(String form) {
        var response = api.with(HttpHeaders.CONTENT_TYPE, form).get("/api/tag?limit=1");

        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void rejectsControlCharactersWithAProblem() {
        var response = api.get("/api/tag?%07=1");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.problem()).isEqualTo("parameter-invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "p/*S%AEf<(W", "\"a\" \"b\"", "*, \"a\"", "\"a"})
    void rejectsAConditionThatIsNone(String condition) throws Exception {
        var response = api.with(HttpHeaders.IF_NONE_MATCH, condition).get("/api/movie/" + Samples.stalker());

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.field()).isEqualTo("If-None-Match");
    }
}
