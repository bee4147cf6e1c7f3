package kinoteka.people.deed;

import java.util.Map;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.testdata.Subject;
import kinoteka.people.testdata.TestData;

/** Films and publications get stars; who has given some before thinks better of it. */
final class Rating {

    private static final int MOST_STARS = 5;

    private final TestData testData;
    private final Choice choice;

    Rating(TestData testData) {
        this.testData = testData;
        this.choice = new Choice(testData);
    }

    void ofMovie(Visit visit) throws InterruptedException {
        rate(visit, choice.movie(visit));
    }

    void ofPublication(Visit visit) throws InterruptedException {
        var publication = choice.publication(visit);
        if (publication.isPresent()) {
            rate(visit, publication.get());
        }
    }

    private void rate(Visit visit, Subject subject) throws InterruptedException {
        visit.bySomebody(testData.users(), user -> {
            var stars = 1 + visit.dice().nextInt(MOST_STARS);
            var exchange =
                    visit.send(user.authorize(ApiRequest.post(subject.path() + "/ratings", Map.of("stars", stars))));
            var response = exchange.response();
            var isRated = (response.status() == 201 || response.status() == 200)
                    && response.body().path("stars").asInt(0) == stars
                    && response.body().path("customer").path("id").asLong(0) == user.id()
                    && response.body().path(subject.type() + "_id").asLong(0) == subject.id();
            var done = Verdict.done(response.status() == 201 ? "rated" : "rated anew");
            visit.note(exchange, isRated ? done : choice.refusal(response, subject));
            if (isRated) {
                visit.added(response, null, subject.path());
            }
        });
    }
}
