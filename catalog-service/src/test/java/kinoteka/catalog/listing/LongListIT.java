package kinoteka.catalog.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kinoteka.catalog.Api;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

/** Pages of more than 1,000 elements, which are read with a cursor. */
@CatalogIT
class LongListIT {

    private static final int COMMENTS = 2300;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final Api api;
    private String comments = "";

    LongListIT(@LocalServerPort int port) {
        this.api = Api.at(port);
    }

    /** @param next the address of the next page; null on the last one */
    private record Page(List<Long> ids, @Nullable String next) {}

    @BeforeEach
    void addComments() throws Exception {
        var movie = Samples.stalker();
        RealPostgres.ask("""
                with added as (
                    insert into comments (customer_id, movie_id, text)
                    select ?, ?, n::text from generate_series(1, ?) n returning 1)
                select count(*) from added
                """, Samples.customer(), movie, COMMENTS);
        comments = "/api/movie/" + movie + "/comments?limit=";
    }

    @Test
    void pagesFollowEachOtherWithoutAGapOrARepetition() {
        var first = get(comments + 1100);
        var second = get(Objects.requireNonNull(first.next()));

        assertThat(first.ids()).hasSize(1100);
        assertThat(second.ids()).hasSize(1100);
        assertThat(Stream.of(first, second).flatMap(page -> page.ids().stream()).toList())
                .isEqualTo(get(comments + 2200).ids());
    }

    @Test
    void onlyTheLastPageHasNoLink() {
        assertThat(get(comments + (COMMENTS - 1)).next()).isNotNull();
        assertThat(get(comments + COMMENTS).next()).isNull();
        assertThat(get(comments + COMMENTS).ids()).hasSize(COMMENTS).doesNotHaveDuplicates();
        assertThat(get(comments + (COMMENTS + 1)).next()).isNull();
    }

    private Page get(String uri) {
        var answer = api.get(uri);
        var ids = answer.body()
                .valueStream()
                .map(comment -> comment.get("id").asLong())
                .toList();
        var link = NEXT.matcher(String.valueOf(answer.headers().getFirst(HttpHeaders.LINK)));
        return new Page(ids, link.find() ? link.group(1) : null);
    }
}
