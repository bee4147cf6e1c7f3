package kinoteka.people.scenario;

import java.util.Optional;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.testdata.Popularity;
import kinoteka.people.testdata.Publications;
import kinoteka.people.testdata.Subject;
import kinoteka.people.testdata.TestData;

/** Picks the subjects of comments and ratings, and checks error responses that concern them. */
record SubjectPicker(TestData testData) {

    /** Returns a random movie, preferably a popular one. */
    Subject pickMovie(Iteration iteration) {
        var movies = testData.movies();
        return Subject.movie(movies.get(Popularity.pickIndex(iteration.random(), movies.size())));
    }

    /** Returns a random publication; empty if there is none, which is recorded as a failure. */
    Optional<Subject> pickPublication(Iteration iteration) {
        var publication = testData.publications().pick(iteration.random());
        if (publication.isEmpty()) {
            iteration.recordFailure("there is no publication (expected: at least one)");
        }
        return publication.map(Publications.Publication::subject);
    }

    /** An unknown subject is expected only if this run has deleted it, or was about to when the response was received. */
    CheckResult checkError(ApiResponse response, Subject subject) {
        var isUnknown = response.isProblem(404, "resource-not-found") || response.isProblem(422, "reference-not-found");
        var isDeleted =
                subject.type().equals("publication") && testData.publications().isDeleted(subject.id());
        return isUnknown && isDeleted ? CheckResult.rejected("deleted concurrently") : CheckResult.error(response);
    }
}
