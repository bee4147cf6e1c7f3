package kinoteka.people.deed;

import java.util.Optional;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.crowd.Shelf;
import kinoteka.people.crowd.Sights;
import kinoteka.people.crowd.Taste;
import kinoteka.people.crowd.Thing;

/** What people turn to, and what the library may answer when it has just been taken away. */
record Choice(Sights sights) {

    Thing movie(Visit visit) {
        var movies = sights.movies();
        return Thing.movie(movies.get(Taste.pick(visit.dice(), movies.size())));
    }

    /** Empty, and noted, where there is no publication at all. */
    Optional<Thing> publication(Visit visit) {
        var publication = sights.shelf().any(visit.dice());
        if (publication.isEmpty()) {
            visit.impossible("there is no publication");
        }
        return publication.map(Shelf.Publication::thing);
    }

    /** A thing may be unknown only where this run has deleted it, or was about to when the answer came. */
    Verdict refusal(ApiResponse response, Thing thing) {
        var isUnknown = response.isProblem(404, "resource-not-found") || response.isProblem(422, "reference-not-found");
        var isDeleted = thing.kind().equals("publication") && sights.shelf().isDeleted(thing.id());
        return isUnknown && isDeleted ? Verdict.refused("deleted meanwhile") : Verdict.unexpected(response);
    }
}
