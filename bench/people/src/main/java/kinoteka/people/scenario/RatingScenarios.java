package kinoteka.people.scenario;

import java.util.Map;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.testdata.Subject;
import kinoteka.people.testdata.TestData;

/** Rates movies and publications; a second rating by the same user replaces the first. */
final class RatingScenarios {

    private static final int MAX_STARS = 5;

    private final TestData testData;
    private final SubjectPicker subjects;

    RatingScenarios(TestData testData) {
        this.testData = testData;
        this.subjects = new SubjectPicker(testData);
    }

    void rateMovie(Iteration iteration) throws InterruptedException {
        rate(iteration, subjects.pickMovie(iteration));
    }

    void ratePublication(Iteration iteration) throws InterruptedException {
        var publication = subjects.pickPublication(iteration);
        if (publication.isPresent()) {
            rate(iteration, publication.get());
        }
    }

    private void rate(Iteration iteration, Subject subject) throws InterruptedException {
        iteration.runAsIdleUser(testData.users(), user -> {
            var stars = 1 + iteration.random().nextInt(MAX_STARS);
            var exchange = iteration.send(
                    user.authorize(ApiRequest.post(subject.path() + "/ratings", Map.of("stars", stars))));
            var response = exchange.response();
            var isRated = (response.status() == 201 || response.status() == 200)
                    && response.body().path("stars").asInt(0) == stars
                    && response.body().path("customer").path("id").asLong(0) == user.id()
                    && response.body().path(subject.type() + "_id").asLong(0) == subject.id();
            var success = CheckResult.success(response.status() == 201 ? "rating created" : "rating replaced");
            iteration.record(exchange, isRated ? success : subjects.checkError(response, subject));
            if (isRated) {
                iteration.recordCreated(response, null, subject.path());
            }
        });
    }
}
