package kinoteka.catalog.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Plans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class VocabularyIT {

    private Api api;
    private Api editor;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
        editor = api.as(Bearer.editor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "position", "film_award", "nomination", "category"})
    void addsReplacesAndRemovesATerm(String vocabulary) {
        var path = "/api/" + vocabulary;
        var title = UUID.randomUUID().toString().substring(0, 24);

        var added = editor.post(path, "{\"title\":\"%s\",\"description\":\"a\"}".formatted(title));

        assertThat(added.status()).isEqualTo(201);
        var address = path + "/" + added.id();
        assertThat(added.headers().getLocation()).hasPath(address);
        assertThat(api.get(address).body()).isEqualTo(added.body());
        assertThat(api.get(path + "?limit=100000").body()).contains(added.body());
        assertThat(editor.post(path, "{\"title\":\"%s\"}".formatted(title)).field())
                .isEqualTo("title");
        var replaced =
                editor.with(HttpHeaders.IF_MATCH, added.etag()).put(address, "{\"title\":\"%s\"}".formatted(title));
        assertThat(replaced.body().get("description").isNull()).isTrue();
        assertThat(editor.with(HttpHeaders.IF_MATCH, added.etag())
                        .delete(address)
                        .status())
                .isEqualTo(412);
        assertThat(api.as(Bearer.customer(1)).delete(address).problem()).isEqualTo("forbidden");
        assertThat(editor.delete(address).status()).isEqualTo(204);
        assertThat(api.get(address).status()).isEqualTo(404);
    }

    @Test
    void keepsATermThatIsInUse() throws Exception {
        var tag = Samples.term("tags");
        RealPostgres.ask("insert into movie_tags values (?, ?) returning movie_id", Samples.stalker(), tag);

        assertThat(editor.delete("/api/tag/" + tag).problem()).isEqualTo("resource-in-use");
    }

    @Test
    void rejectsATitleThatIsTooLong() {
        var rejected = editor.post("/api/category", "{\"title\":\"%s\"}".formatted("x".repeat(129)));

        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.field()).isEqualTo("title");
        assertThat(editor.post("/api/tag", "{\"title\":\"\"}").field()).isEqualTo("title");
    }

    @Test
    void pagesByTitle() throws Exception {
        Samples.term("tags");
        Samples.term("tags");
        var first = api.get("/api/tag?limit=1");
        var link = String.valueOf(first.headers().getFirst(HttpHeaders.LINK));

        var next = api.get(link.substring(1, link.indexOf('>')));

        assertThat(next.body()).hasSize(1);
        assertThat(next.body().get(0)).isNotEqualTo(first.body().get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "tags, tag",
        "positions, position",
        "film_awards, film_award",
        "nominations, nomination",
        "publication_categories, publication_category"
    })
    void readsAPageFromTheIndexOfTheUniqueTitles(
            String table, String term, @Autowired PrimaryDatabase primary, @Autowired ReplicaDatabase replica) {
        var list = new Terms(primary, table).byTitle();

        assertThat(Plans.ofPage(list, Filter.NONE, new Terms.AfterTerm("k"), replica))
                .contains("Index Only Scan using " + term + "_title_is_unique")
                .contains("Index Scan using " + term + "_title_is_unique")
                .contains("Index Cond: (title > 'k'::text)")
                .doesNotContain("Sort");
    }
}
