package kinoteka.catalog.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kinoteka.catalog.Api;
import kinoteka.catalog.CatalogIT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

@CatalogIT
class OpenApiIT {

    private Api api;
    private JsonNode document;

    @BeforeEach
    void read(@LocalServerPort int port) {
        api = Api.at(port);
        document = api.get("/openapi.json").body();
    }

    @Test
    void hasEveryOperationOfEveryController(@Autowired RequestMappingHandlerMapping controllers) {
        var mapped = controllers.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternsCondition().getPatterns().stream()
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> method + " " + snakeCase(path.getPatternString()))))
                .filter(operation -> operation.contains(" /api/"));

        assertThat(operations().map(Operation::title)).containsExactlyInAnyOrderElementsOf(mapped.toList());
    }

    @Test
    void hasASummaryAndAUniqueIdForEveryOperation() {
        assertThat(operations()).allSatisfy(operation -> assertThat(operation.text("summary"))
                .as(operation.title())
                .isNotBlank());
        assertThat(operations().map(operation -> operation.text("operationId"))).doesNotHaveDuplicates();
    }

    @Test
    void hasEverySchemaThatItRefersTo() {
        assertThat(document.findValuesAsString("$ref")).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    @Test
    void listsAndStreamsOfEventsMayBeRejectedWhenTheClientHasTooMany() {
        assertThat(operations()
                        .filter(operation ->
                                operation.described().at("/responses/429").isObject())
                        .map(Operation::title))
                .contains("GET /api/changes", "GET /api/session", "GET /api/movie/{id}/comments")
                .doesNotContain("GET /api/movie/{id}", "POST /api/session");
        assertThat(document.at("/components/responses/TooManyRequests/headers/Retry-After")
                        .isObject())
                .isTrue();
    }

    @Test
    void requiresOfABodyWhatIsNotNullable() {
        var movie = schema("MovieEdit");

        assertThat(texts(movie.path("required"))).containsExactly("title", "year", "duration");
        assertThat(movie.at("/properties/tags/default")).isEmpty();
        assertThat(texts(movie.at("/properties/title_original/type"))).containsExactly("string", "null");
        assertThat(movie.at("/properties/title/maxLength").intValue()).isEqualTo(500);
        assertThat(movie.at("/properties/year/minimum").intValue()).isEqualTo(1888);
        assertThat(movie.at("/properties/rating_count/description").stringValue())
                .startsWith("Ignored.");
        assertThat(movie.path("additionalProperties").booleanValue(true)).isFalse();
        assertThat(schema("MovieEditPatch").has("required")).isFalse();
        assertThat(schema("NewMovie").path("required")).isEqualTo(movie.path("required"));
        assertThat(schema("NewMovie").path("properties").propertyNames()).doesNotContain("id", "rating_count");
    }

    @Test
    void namesTheParametersAsTheServiceReadsThem() {
        assertThat(texts(document.at("/paths/~1api~1movie/get/parameters")
                        .valueStream()
                        .map(one -> one.get("name"))))
                .containsExactly("limit", "after", "q", "year", "tag", "country", "rating_min");
        assertThat(texts(document.at("/paths/~1api~1movie~1{id}~1offers~1{offer_id}/get/parameters")
                        .valueStream()
                        .map(one -> one.get("name"))))
                .containsExactly("id", "offer_id", "If-None-Match");
    }

    @Test
    void describesEveryTag() {
        assertThat(document.path("tags")).isNotEmpty().allSatisfy(tag -> assertThat(
                        tag.path("description").stringValue())
                .isNotBlank());
    }

    @Test
    void requiresInAResponseWhatIsNeverOmitted() {
        var movie = schema("MovieDetails");

        assertThat(texts(movie.path("required"))).contains("id", "synopsis").doesNotContain("staff");
        assertThat(movie.at("/properties/id/minimum").intValue()).isEqualTo(1);
        assertThat(texts(movie.at("/properties/synopsis/type"))).containsExactly("string", "null");
        assertThat(movie.at("/properties/staff/type").stringValue()).isEqualTo("array");
    }

    @Test
    void hasAnExampleOfEverySchemaWithAllRequiredProperties() {
        assertThat(document.at("/components/schemas").properties()).isNotEmpty().allSatisfy(named -> assertThat(
                        named.getValue().path("examples").path(0).propertyNames())
                .as(named.getKey())
                .isNotEmpty()
                .containsAll(texts(named.getValue().path("required"))));
    }

    @Test
    void repeatsTheExamplesOfTheSchemasThatItRefersTo() {
        assertThat(schema("MovieDetails").at("/examples/0/awards/0/film_award"))
                .isEqualTo(schema("TermSummary").at("/examples/0"));
        assertThat(schema("Award").at("/examples/0/person"))
                .isEqualTo(schema("PersonSummary").at("/examples/0"));
    }

    @Test
    void requiresATokenWhereTheControllerDoes() {
        assertThat(document.at("/paths/~1api~1movie/get").has("security")).isFalse();
        assertThat(document.at("/paths/~1api~1movie/post/security")).hasSize(1);
        assertThat(document.at("/paths/~1api~1customer~1{id}/get/security")).hasSize(2);
        assertThat(document.at("/paths/~1api~1movie/get/responses").has("403")).isFalse();
        assertThat(document.at("/paths/~1api~1movie/post/responses").has("403")).isTrue();
    }

    @Test
    void answersAConditionalRequestWith304() {
        var etag = api.get("/openapi.json").etag();

        assertThat(api.with(HttpHeaders.IF_NONE_MATCH, etag)
                        .get("/openapi.json")
                        .status())
                .isEqualTo(304);
    }

    /** Names of path variables, as the document has all names. */
    private static String snakeCase(String path) {
        return path.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private JsonNode schema(String name) {
        return document.at("/components/schemas/" + name);
    }

    private static List<String> texts(JsonNode array) {
        return texts(array.valueStream());
    }

    private static List<String> texts(Stream<JsonNode> values) {
        return values.map(JsonNode::stringValue).toList();
    }

    private Stream<Operation> operations() {
        return document.path("paths").propertyStream().flatMap(path -> path.getValue()
                .propertyStream()
                .map(operation -> new Operation(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), operation.getValue())));
    }

    /** An operation of the document, with its method and path. */
    private record Operation(String title, JsonNode described) {

        String text(String property) {
            return described.path(property).asString("");
        }
    }
}
