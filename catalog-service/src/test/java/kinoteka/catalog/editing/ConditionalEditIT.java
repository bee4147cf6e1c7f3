package kinoteka.catalog.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.EditableResource;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** {@code If-Match}: an edit is done if, and only if, the client has seen the current version of what it edits. */
@CatalogIT
class ConditionalEditIT {

    private Api api;
    private Api admin;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
        admin = api.as(Bearer.admin());
    }

    /** RFC 9110, section 13.1.1: the comparison is strong, so a weak tag never matches. */
    @TestFactory
    Stream<DynamicTest> acceptsTheCurrentTagForEveryEditAndNoWeakOne(
            @Autowired RequestMappingHandlerMapping controllers) {
        return EditOperation.test(controllers, operation -> {
            var path = EditableResource.create(operation.pattern()).path();
            var seen = admin.get(path);
            var lines = admin.with(HttpHeaders.ACCEPT, MediaType.APPLICATION_NDJSON_VALUE)
                    .get(path);

            assertThat(lines.etag()).isNotEqualTo(seen.etag());
            assertThat(operation.send(ifMatch("W/" + seen.etag()), seen, path).problem())
                    .isEqualTo("precondition-failed");
            assertThat(operation.send(ifMatch(lines.etag()), seen, path).status())
                    .isIn(200, 204);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "movie  | staff",
                "movie  | awards",
                "movie  | offers",
                "movie  | staff,awards,offers",
                "person | filmography",
                "person | filmography,awards"
            })
    void acceptsTheTagOfAnyIncludedLists(String name, String include) throws Exception {
        var path = EditableResource.create("/api/" + name + "/{id}").path();
        var seen = api.get(path + "?include=" + include);

        var updated = ifMatch(seen.etag()).patch(path, "{\"country\": \"СССР\"}");

        assertThat(seen.etag()).isNotEqualTo(api.get(path).etag());
        assertThat(updated.status()).isEqualTo(200);
        assertThat(ifMatch(seen.etag()).patch(path, "{}").problem())
                .as("the country has changed")
                .isEqualTo(name.equals("movie") ? "precondition-failed" : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/movie/{id}", "/api/publication/{id}"})
    void allowsAnUpdateAfterARatingInBetween(String pattern) throws Exception {
        var path = EditableResource.create(pattern).path();
        var seen = api.get(path);
        api.as(Bearer.customer(Samples.customer())).post(path + "/ratings", "{\"stars\": 5}");

        var reread = api.with(HttpHeaders.IF_NONE_MATCH, seen.etag()).get(path);
        assertThat(reread.status()).isEqualTo(200);
        assertThat(reread.etag()).isNotEqualTo(seen.etag());
        assertThat(ifMatch(seen.etag()).patch(path, "{\"title\": \"Зона\"}").status())
                .isEqualTo(200);
    }

    @Test
    void rejectsAnUpdateAfterATagInBetween() throws Exception {
        var movie = EditableResource.create("/api/movie/{id}");
        var seen = api.get(movie.path());
        RealPostgres.ask("insert into movie_tags values (?, ?) returning movie_id", movie.id(), Samples.term("tags"));

        assertThat(ifMatch(seen.etag()).patch(movie.path(), "{\"year\": 1980}").problem())
                .isEqualTo("precondition-failed");
    }

    @Test
    void acceptsAnyVersionAndAListThatNamesTheCurrentOne() throws Exception {
        var path = EditableResource.create("/api/cinema/{id}").path();
        var current = api.get(path).etag();

        assertThat(ifMatch("*").patch(path, "{}").status()).isEqualTo(200);
        assertThat(ifMatch("\"a\", " + current).patch(path, "{}").status()).isEqualTo(200);
        assertThat(ifMatch(current + ",W/\"b\"").patch(path, "{}").status()).isEqualTo(200);
        assertThat(ifMatch("\"a\",\"b\"").patch(path, "{}").problem()).isEqualTo("precondition-failed");
        assertThat(ifMatch("\"\"").patch(path, "{}").problem()).isEqualTo("precondition-failed");
        assertThat(ifMatch("*").patch("/api/cinema/9223372036854775807", "{}").problem())
                .isEqualTo("resource-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"a", "\"a\" \"b\"", "*, \"a\"", "w/\"a\"", ","})
    void rejectsAMalformedHeader(String header) throws Exception {
        var path = EditableResource.create("/api/cinema/{id}").path();

        var rejected = ifMatch(header).patch(path, "{}");

        assertThat(rejected.status()).isEqualTo(400);
        assertThat(rejected.field()).isEqualTo("If-Match");
    }

    /** Else a reader could test guesses of an e-mail address or a birthday. */
    @Test
    void keepsThePersonalFieldsOfAnAccountOutOfThePublicTag() throws Exception {
        var customer = EditableResource.create("/api/customer/{id}");
        var before = api.get(customer.path());
        RealPostgres.ask("update customers set email = 'a' || email where id = ? returning id", customer.id());

        assertThat(api.get(customer.path()).etag()).isEqualTo(before.etag());
    }

    private Api ifMatch(String header) {
        return admin.with(HttpHeaders.IF_MATCH, header);
    }
}
