package kinoteka.catalog.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Plans;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class PublicationIT {

    private Api api;
    private Api author;
    private long customer;
    private long category;

    @BeforeEach
    void connect(@LocalServerPort int port) throws Exception {
        customer = Samples.customer();
        category = Samples.term("publication_categories");
        api = Api.at(port);
        author = api.as(Bearer.customer(customer));
    }

    @Test
    void publishesAndLetsTheAuthorChangeAndRemoveIt() {
        var published = author.post("/api/publication", review("Рецензия на «Сталкера»"));
        var path = "/api/publication/" + published.id();
        assertThat(published.status()).isEqualTo(201);
        assertThat(published.body().at("/author/id").asLong()).isEqualTo(customer);
        assertThat(published.body().at("/category/id").asLong()).isEqualTo(category);

        var changed = author.with(HttpHeaders.IF_MATCH, published.etag()).patch(path, "{\"title\":\"Рецензия\"}");
        assertThat(changed.body().get("title").asString()).isEqualTo("Рецензия");
        assertThat(changed.body().get("text")).isEqualTo(published.body().get("text"));
        assertThat(author.with(HttpHeaders.IF_MATCH, published.etag())
                        .patch(path, "{}")
                        .status())
                .isEqualTo(412);

        assertThat(author.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void listsWithoutTextsTheLatestFirstAndByCategoryAuthorTagAndWords() throws Exception {
        var tag = Samples.unique("кино");
        Samples.term("tags", tag);
        var first = author.post("/api/publication", review("Первая"));
        var second = author.post("/api/publication", review("Вторая"));
        author.patch("/api/publication/" + first.id(), "{\"tags\":[\"%s\"]}".formatted(tag));
        var title = first.body().at("/category/title").asString();

        var list = api.get("/api/publication?category=" + encoded(title)).body();
        assertThat(list).hasSize(2);
        assertThat(list.get(0).get("id").asLong()).isEqualTo(second.id());
        assertThat(list.get(0).has("text")).isFalse();
        assertThat(api.get("/api/publication?author_id=" + customer).body()).hasSize(2);
        assertThat(api.get("/api/publication?tag=" + encoded(tag)).body()).hasSize(1);
        assertThat(api.get("/api/publication?author_id=" + customer + "&q=" + encoded("вторую"))
                        .body())
                .hasSize(1);
    }

    @Test
    void letsEditorsKeepOrderAndNobodyElse() throws Exception {
        var path = "/api/publication/"
                + author.post("/api/publication", review("a")).id();
        var other = api.as(Bearer.customer(Samples.customer()));

        assertThat(other.patch(path, "{\"title\":\"b\"}").problem()).isEqualTo("forbidden");
        assertThat(other.delete(path).problem()).isEqualTo("forbidden");
        assertThat(api.delete(path).problem()).isEqualTo("token-missing");
        assertThat(api.as(Bearer.editor()).patch(path, "{\"title\":\"b\"}").status())
                .isEqualTo(200);
        assertThat(api.as(Bearer.editor()).delete(path).status()).isEqualTo(204);
    }

    @Test
    void rejectsACategoryOrTagThatDoesNotExist() {
        assertThat(author.post("/api/publication", review("a").replace("" + category, "9223372036854775807"))
                        .field())
                .isEqualTo("category_id");
        var published = author.post("/api/publication", review("a"));
        assertThat(author.patch("/api/publication/" + published.id(), "{\"tags\":[\"нет такого\"]}")
                        .field())
                .isEqualTo("tags");
        assertThat(author.patch("/api/publication/" + published.id(), "{\"author_id\":1}")
                        .field())
                .isEqualTo("author_id");
    }

    @Test
    void holdsALongTextAndNoLonger() {
        var text = "о".repeat(200_000);

        assertThat(author.post("/api/publication", review("a").replace("Дорога", text.substring(0, 199_900)))
                        .status())
                .isEqualTo(201);
        assertThat(author.post("/api/publication", review("a").replace("Дорога", text + text))
                        .field())
                .isEqualTo("text");
    }

    @ParameterizedTest
    @CsvSource({
        ",,          publications_pkey",
        "Reviews,,   publications_by_category",
        ",7,         publications_by_author"
    })
    void readsAPageFromAnIndexBackwards(
            @Nullable String ofCategory, @Nullable Long ofAuthor, String index, @Autowired ReplicaDatabase database) {
        var filter = new PublicationFilter(null, ofCategory, null, ofAuthor).conditions();

        assertThat(Plans.ofPage(Publications.NEWEST_FIRST, filter, new Publications.AfterPublication(1_000), database))
                .contains("Scan Backward using " + index)
                .containsPattern("Index Cond: .*id < '1000'::bigint\\)")
                .doesNotContain("Sort");
    }

    private String review(String title) {
        return "{\"title\":\"%s\",\"text\":\"Дорога в Зону\",\"category_id\":%d}".formatted(title, category);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
