package kinoteka.people.deed;

import java.util.Map;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.testdata.Publications.Publication;
import kinoteka.people.testdata.TestData;

/** Publications are written, mended by their authors and withdrawn. */
final class Publishing {

    private static final int MOST_TAGS = 3;

    private final TestData testData;

    Publishing(TestData testData) {
        this.testData = testData;
    }

    void publish(Visit visit) throws InterruptedException {
        visit.bySomebody(testData.users(), author -> {
            var dice = visit.dice();
            var title = Words.title(dice);
            var tags = dice.ints(dice.nextInt(MOST_TAGS + 1), 0, testData.tags().size())
                    .distinct()
                    .mapToObj(testData.tags()::get)
                    .toList();
            var category =
                    testData.categories().get(dice.nextInt(testData.categories().size()));
            var exchange = visit.send(author.authorize(ApiRequest.post(
                    "/api/publication",
                    Map.of("title", title, "text", Words.text(dice), "category_id", category, "tags", tags))));
            var response = exchange.response();
            var isPublished = response.status() == 201
                    && response.text("title").equals(title)
                    && isBy(response, author.id())
                    && response.body().path("tags").size() == tags.size();
            visit.note(exchange, isPublished ? Verdict.done("published") : Verdict.unexpected(response));
            if (isPublished) {
                visit.added(response, null, null);
                testData.publications().addCreated(new Publication(response.id(), author.id()));
            }
        });
    }

    void edit(Visit visit) throws InterruptedException {
        var dice = visit.dice();
        var chosen = testData.publications().pickByAuthor(testData.users()::hasAccount, dice);
        if (chosen.isEmpty()) {
            publish(visit.with(Action.PUBLISH));
            return;
        }
        var publication = chosen.get();
        new Change(
                        publication.subject().path(),
                        testData.users().withId(publication.author()).token(),
                        current -> dice.nextBoolean()
                                ? Map.of("text", Words.text(dice))
                                : Map.of("title", Words.title(dice)),
                        response -> isGone(response, publication.id()))
                .perform(visit);
    }

    void delete(Visit visit) throws InterruptedException {
        var chosen = testData.publications().pickForDeletion(testData.users()::hasAccount, visit.dice());
        if (chosen.isEmpty()) {
            publish(visit.with(Action.PUBLISH));
            return;
        }
        var subject = chosen.get().subject();
        var author = testData.users().withId(chosen.get().author());
        var exchange = visit.send(author.authorize(ApiRequest.delete(subject.path())));
        var isDeleted = exchange.response().status() == 204;
        visit.note(exchange, isDeleted ? Verdict.done("deleted") : Verdict.unexpected(exchange.response()));
        if (isDeleted) {
            visit.acknowledged().recordDeleted(subject.path());
            testData.comments().removeAll(subject);
            visit.requireGone(subject.path());
        }
    }

    /** That there is no such publication may be said only of one that this run has deleted. */
    private boolean isGone(ApiResponse response, long publication) {
        return response.isProblem(404, "resource-not-found")
                && testData.publications().isDeleted(publication);
    }

    private static boolean isBy(ApiResponse response, long author) {
        return response.body().path("author").path("id").asLong(0) == author;
    }
}
