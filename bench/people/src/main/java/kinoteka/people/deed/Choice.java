package kinoteka.people.deed;

import java.util.Optional;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.testdata.Popularity;
import kinoteka.people.testdata.Publications;
import kinoteka.people.testdata.Subject;
import kinoteka.people.testdata.TestData;

/** What people turn to, and what the library may answer when it has just been taken away. */
record Choice(TestData testData) {

    Subject movie(Visit visit) {
        var movies = testData.movies();
        return Subject.movie(movies.get(Popularity.pickIndex(visit.dice(), movies.size())));
    }

    /** Empty, and noted, where there is no publication at all. */
    Optional<Subject> publication(Visit visit) {
        var publication = testData.publications().pick(visit.dice());
        if (publication.isEmpty()) {
            visit.impossible("there is no publication");
        }
        return publication.map(Publications.Publication::subject);
    }

    /** A thing may be unknown only where this run has deleted it, or was about to when the answer came. */
    Verdict refusal(ApiResponse response, Subject subject) {
        var isUnknown = response.isProblem(404, "resource-not-found") || response.isProblem(422, "reference-not-found");
        var isDeleted =
                subject.type().equals("publication") && testData.publications().isDeleted(subject.id());
        return isUnknown && isDeleted ? Verdict.refused("deleted meanwhile") : Verdict.unexpected(response);
    }
}
