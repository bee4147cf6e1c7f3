package kinoteka.people.scenario;

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
 * Loads the test data through the API before the run. If the library has no cinemas, categories, tags, offers or publications,
 * a few of them are created, because the scenarios need them.
 *
 * @param editorToken with which missing data is created
 * @param tokensExpire when the tokens of all users expire
 */
public record TestDataLoader(ApiClient client, String editorToken, Instant tokensExpire, RandomGenerator random) {

    private static final int LIST_LIMIT = 1_000;
    private static final int MOVIES_WITH_OFFERS = 100;
    private static final int CREATED_IF_EMPTY = 5;

    /**
     * Loads the test data.
     *
     * @param maxUsers maximum number of customers who take part
     * @throws IllegalStateException if there are no customers or movies, or a request fails
     */
    public TestData load(int maxUsers) throws InterruptedException {
        var customers = ids(client.list(ApiRequest.get("/api/customer"), maxUsers));
        var movies = ids(client.list(ApiRequest.get("/api/movie"), LIST_LIMIT));
        requireNotEmpty("customers", customers);
        requireNotEmpty("movies", movies);
        var cinemas = ids(listOrCreate("/api/cinema", "Cinema"));
        var categories = ids(listOrCreate("/api/category", "Category"));
        var tags = listOrCreate("/api/tag", "Tag").stream()
                .map(tag -> tag.path("title").asString(""))
                .toList();
        var testData = new TestData(
                new Users(customers, tokensExpire),
                movies,
                cinemas,
                categories,
                tags,
                new Offers(),
                new Publications(),
                new RecentComments());
        loadOffers(testData);
        loadPublications(testData);
        return testData;
    }

    private List<JsonNode> listOrCreate(String path, String title) throws InterruptedException {
        var existing = client.list(ApiRequest.get(path), LIST_LIMIT);
        if (!existing.isEmpty()) {
            return existing;
        }
        for (int number = 1; number <= CREATED_IF_EMPTY; number++) {
            var body = title.equals("Cinema")
                    ? Map.of("title", title + " " + number, "url", "https://cinema-" + number + ".example.org")
                    : Map.of("title", title + " " + number);
            create(ApiRequest.post(path, body).withToken(editorToken));
        }
        return client.list(ApiRequest.get(path), LIST_LIMIT);
    }

    private void loadOffers(TestData testData) throws InterruptedException {
        var movies = testData.movies()
                .subList(0, Math.min(MOVIES_WITH_OFFERS, testData.movies().size()));
        for (var movie : movies) {
            for (var offer : client.list(ApiRequest.get(CinemaScenarios.offersPath(movie)), LIST_LIMIT)) {
                testData.offers()
                        .add(new Offers.Offer(
                                movie, offer.path("cinema").path("id").asLong()));
            }
        }
        if (testData.offers().pick(random).isPresent()) {
            return;
        }
        for (var movie : movies) {
            for (var cinema : testData.cinemas()) {
                var body = Map.of("cinema_id", cinema, "price", CinemaScenarios.randomPrice(random), "rating", 3);
                create(ApiRequest.post(CinemaScenarios.offersPath(movie), body).withToken(editorToken));
                testData.offers().add(new Offers.Offer(movie, cinema));
            }
        }
    }

    private void loadPublications(TestData testData) throws InterruptedException {
        for (var publication : client.list(ApiRequest.get("/api/publication"), LIST_LIMIT)) {
            testData.publications()
                    .addExisting(new Publications.Publication(
                            publication.path("id").asLong(),
                            publication.path("author").path("id").asLong()));
        }
        if (testData.publications().pick(random).isPresent()) {
            return;
        }
        for (var _ : IntStream.range(0, CREATED_IF_EMPTY).toArray()) {
            var author = testData.users().acquire(random).orElseThrow();
            testData.publications()
                    .addExisting(new Publications.Publication(
                            createPublication(author, testData.categories().getFirst()), author.id()));
            testData.users().release(author);
        }
    }

    private long createPublication(User author, long category) throws InterruptedException {
        var body = Map.of("title", RandomText.title(random), "text", RandomText.text(random), "category_id", category);
        return create(author.authorize(ApiRequest.post("/api/publication", body)));
    }

    private long create(ApiRequest request) throws InterruptedException {
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

    private static void requireNotEmpty(String name, List<Long> ids) {
        if (ids.isEmpty()) {
            throw new IllegalStateException(name + ": none (expected: a seeded library)");
        }
    }
}
