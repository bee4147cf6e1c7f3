package kinoteka.people.deed;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import kinoteka.people.api.ApiClient;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.testdata.Offers;
import kinoteka.people.testdata.Publications;
import kinoteka.people.testdata.RecentComments;
import kinoteka.people.testdata.TestData;
import kinoteka.people.testdata.User;
import kinoteka.people.testdata.Users;
import tools.jackson.databind.JsonNode;

/**
 * People come and look around. Where the library has no cinemas, categories, tags or offers yet, it is furnished with a few:
 * without them there is nothing to do.
 *
 * @param editor token of who furnishes
 * @param tokensEnd when nobody's token is believed any more
 */
public record Arrival(ApiClient client, String editor, Instant tokensEnd, RandomGenerator dice) {

    private static final int MOVIES = 1_000;
    private static final int PUBLICATIONS = 1_000;
    private static final int WITH_OFFERS = 100;
    private static final int FEW = 5;

    /**
     * What the library has in its lists.
     *
     * @param people customers who take part
     */
    public TestData lookAround(int people) throws InterruptedException {
        var customers = ids(client.list(ApiRequest.get("/api/customer"), people));
        var movies = ids(client.list(ApiRequest.get("/api/movie"), MOVIES));
        require("customers", customers);
        require("movies", movies);
        var cinemas = ids(orFurnish("/api/cinema", "Cinema"));
        var categories = ids(orFurnish("/api/category", "Category"));
        var tags = orFurnish("/api/tag", "Tag").stream()
                .map(tag -> tag.path("title").asString(""))
                .toList();
        var testData = new TestData(
                new Users(customers, tokensEnd),
                movies,
                cinemas,
                categories,
                tags,
                new Offers(),
                new Publications(),
                new RecentComments());
        readOffers(testData);
        readPublications(testData);
        return testData;
    }

    private List<JsonNode> orFurnish(String path, String title) throws InterruptedException {
        var there = client.list(ApiRequest.get(path), MOVIES);
        if (!there.isEmpty()) {
            return there;
        }
        for (int number = 1; number <= FEW; number++) {
            var body = title.equals("Cinema")
                    ? Map.of("title", title + " " + number, "url", "https://cinema-" + number + ".example.org")
                    : Map.of("title", title + " " + number);
            add(ApiRequest.post(path, body).withToken(editor));
        }
        return client.list(ApiRequest.get(path), MOVIES);
    }

    private void readOffers(TestData testData) throws InterruptedException {
        for (var movie : testData.movies()
                .subList(0, Math.min(WITH_OFFERS, testData.movies().size()))) {
            for (var offer : client.list(ApiRequest.get(Cinemas.offers(movie)), MOVIES)) {
                testData.offers()
                        .add(new Offers.Offer(
                                movie, offer.path("cinema").path("id").asLong()));
            }
        }
        if (testData.offers().pick(dice).isPresent()) {
            return;
        }
        for (var movie : testData.movies()
                .subList(0, Math.min(WITH_OFFERS, testData.movies().size()))) {
            for (var cinema : testData.cinemas()) {
                var body = Map.of("cinema_id", cinema, "price", Cinemas.price(dice), "rating", 3);
                add(ApiRequest.post(Cinemas.offers(movie), body).withToken(editor));
                testData.offers().add(new Offers.Offer(movie, cinema));
            }
        }
    }

    private void readPublications(TestData testData) throws InterruptedException {
        for (var publication : client.list(ApiRequest.get("/api/publication"), PUBLICATIONS)) {
            testData.publications()
                    .addExisting(new Publications.Publication(
                            publication.path("id").asLong(),
                            publication.path("author").path("id").asLong()));
        }
        if (testData.publications().pick(dice).isPresent()) {
            return;
        }
        for (var _ : IntStream.range(0, FEW).toArray()) {
            var author = testData.users().acquire(dice).orElseThrow();
            testData.publications()
                    .addExisting(new Publications.Publication(
                            publish(author, testData.categories().getFirst()), author.id()));
            testData.users().release(author);
        }
    }

    private long publish(User author, long category) throws InterruptedException {
        var body = Map.of("title", Words.title(dice), "text", Words.text(dice), "category_id", category);
        return add(author.authorize(ApiRequest.post("/api/publication", body)));
    }

    private long add(ApiRequest request) throws InterruptedException {
        var response = client.send(request);
        if (response.status() != 201) {
            throw new IllegalStateException(
                    request + ": " + response.status() + " " + response.text("detail") + " (expected: 201)");
        }
        return response.id();
    }

    private static List<Long> ids(List<JsonNode> elements) {
        return elements.stream().map(element -> element.path("id").asLong()).toList();
    }

    private static void require(String what, List<Long> ids) {
        if (ids.isEmpty()) {
            throw new IllegalStateException(what + ": none (expected: a seeded library)");
        }
    }
}
