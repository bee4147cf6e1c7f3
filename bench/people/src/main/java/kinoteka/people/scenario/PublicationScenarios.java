package kinoteka.people.scenario;

import java.util.Map;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.testdata.Publications.Publication;
import kinoteka.people.testdata.TestData;

/** Creates, edits and deletes publications on behalf of their authors. */
final class PublicationScenarios {

    private static final int MAX_TAGS = 3;

    private final TestData testData;

    PublicationScenarios(TestData testData) {
        this.testData = testData;
    }

    void publish(Iteration iteration) throws InterruptedException {
        iteration.runAsIdleUser(testData.users(), author -> {
            var random = iteration.random();
            var title = RandomText.title(random);
            var tags = random.ints(
                            random.nextInt(MAX_TAGS + 1), 0, testData.tags().size())
                    .distinct()
                    .mapToObj(testData.tags()::get)
                    .toList();
            var category = testData.categories()
                    .get(random.nextInt(testData.categories().size()));
            var exchange = iteration.send(author.authorize(ApiRequest.post(
                    "/api/publication",
                    Map.of("title", title, "text", RandomText.text(random), "category_id", category, "tags", tags))));
            var response = exchange.response();
            var isPublished = response.status() == 201
                    && response.text("title").equals(title)
                    && hasAuthor(response, author.id())
                    && response.body().path("tags").size() == tags.size();
            iteration.record(exchange, isPublished ? CheckResult.success("published") : CheckResult.error(response));
            if (isPublished) {
                iteration.recordCreated(response, null, null);
                testData.publications().addCreated(new Publication(response.id(), author.id()));
            }
        });
    }

    void edit(Iteration iteration) throws InterruptedException {
        var random = iteration.random();
        var picked = testData.publications().pickByAuthor(testData.users()::hasAccount, random);
        if (picked.isEmpty()) {
            publish(iteration.of(Scenario.PUBLISH));
            return;
        }
        var publication = picked.get();
        new ConditionalUpdate(
                        publication.subject().path(),
                        testData.users().withId(publication.author()).token(),
                        current -> random.nextBoolean()
                                ? Map.of("text", RandomText.text(random))
                                : Map.of("title", RandomText.title(random)),
                        response -> isDeleted(response, publication.id()))
                .run(iteration);
    }

    void delete(Iteration iteration) throws InterruptedException {
        var picked = testData.publications().pickForDeletion(testData.users()::hasAccount, iteration.random());
        if (picked.isEmpty()) {
            publish(iteration.of(Scenario.PUBLISH));
            return;
        }
        var subject = picked.get().subject();
        var author = testData.users().withId(picked.get().author());
        var exchange = iteration.send(author.authorize(ApiRequest.delete(subject.path())));
        var isDeleted = exchange.response().status() == 204;
        iteration.record(exchange, isDeleted ? CheckResult.success("deleted") : CheckResult.error(exchange.response()));
        if (isDeleted) {
            iteration.acknowledged().recordDeleted(subject.path());
            testData.comments().removeAll(subject);
            iteration.checkNotFound(subject.path());
        } else {
            iteration.acknowledged().recordUnknown(subject.path());
        }
    }

    /** A 404 is expected only for a publication that this run has deleted. */
    private boolean isDeleted(ApiResponse response, long publication) {
        return response.isProblem(404, "resource-not-found")
                && testData.publications().isDeleted(publication);
    }

    private static boolean hasAuthor(ApiResponse response, long author) {
        return response.body().path("author").path("id").asLong(0) == author;
    }
}
