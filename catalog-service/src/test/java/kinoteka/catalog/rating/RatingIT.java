package kinoteka.catalog.rating;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Parent;
import kinoteka.catalog.listing.Plans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@CatalogIT
class RatingIT {

    private Api api;
    private Api self;
    private Api other;

    @BeforeEach
    void connect(@LocalServerPort int port) throws Exception {
        api = Api.at(port);
        self = api.as(Bearer.customer(Samples.customer()));
        other = api.as(Bearer.customer(Samples.customer()));
    }

    @Test
    void aSecondRatingReplacesTheFirstAndTheFilmFollows() throws Exception {
        var movie = "/api/movie/" + Samples.stalker();

        var first = self.post(movie + "/ratings", "{\"stars\":2}");
        other.post(movie + "/ratings", "{\"stars\":5}");
        assertThat(api.get(movie).body().get("rating").toString()).isEqualTo("3.50");
        var second = self.post(movie + "/ratings", "{\"stars\":4}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.headers().getLocation()).hasPath("/api/rating/" + first.id());
        assertThat(api.get(movie).body().get("rating").toString()).isEqualTo("4.50");
        assertThat(api.get(movie).body().get("rating_count").asInt()).isEqualTo(2);
        assertThat(api.get(movie + "/ratings").body()).hasSize(2);
    }

    @Test
    void aPublicationIsRatedToo() throws Exception {
        var publication = "/api/publication/" + Samples.publication(Samples.customer());

        assertThat(self.post(publication + "/ratings", "{\"stars\":3}").status())
                .isEqualTo(201);
        var rating = api.get(publication + "/ratings").body().get(0).get("id").asLong();

        assertThat(api.get(publication).body().get("rating").toString()).isEqualTo("3.00");
        assertThat(api.get(publication + "/ratings").body().get(0).get("stars").asInt())
                .isEqualTo(3);
        assertThat(self.delete("/api/rating/" + rating).headers().getFirst("Gateway-Changed"))
                .isEqualTo(publication);
    }

    @Test
    void letsACustomerTakeBackTheirOwnOnly() throws Exception {
        var movie = "/api/movie/" + Samples.stalker();
        var address =
                "/api/rating/" + self.post(movie + "/ratings", "{\"stars\":2}").id();

        assertThat(other.delete(address).problem()).isEqualTo("resource-not-found");
        assertThat(api.delete(address).problem()).isEqualTo("token-missing");
        var deleted = self.delete(address);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.headers().getFirst("Gateway-Changed")).isEqualTo(movie);
        assertThat(api.get(address).status()).isEqualTo(404);
        assertThat(api.get(movie).body().get("rating").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"stars\":0}",
                "{\"stars\":6}",
                "{\"stars\":\"5\"}",
                "{\"stars\":4.5}",
                "{\"stars\":null}"
            })
    void rejectsAnInvalidNumberOfStars(String rating) throws Exception {
        var rejected = self.post("/api/movie/" + Samples.stalker() + "/ratings", rating);

        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.field()).isEqualTo("stars");
    }

    @Test
    void saysThatThereIsNoSuchThing() {
        assertThat(self.post("/api/movie/9223372036854775807/ratings", "{\"stars\":5}")
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/api/publication/9223372036854775807/ratings").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"movie", "publication"})
    void readsAPageFromAnIndexBackwards(String name, @Autowired ReplicaDatabase database) {
        var subject = name.equals("movie") ? Parent.movie(7) : Parent.publication(7);

        assertThat(Plans.ofPage(
                        Ratings.NEWEST_FIRST, Ratings.bySubject(subject), new Ratings.AfterRating(1_000), database))
                .contains("Index Scan Backward using ratings_by_" + name)
                .contains("Index Cond: ((" + name + "_id = '7'::bigint) AND (id < '1000'::bigint))")
                .doesNotContain("Sort");
    }
}
