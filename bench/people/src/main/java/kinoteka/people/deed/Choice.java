package kinoteka.people.deed;

import java.util.Optional;
import kinoteka.people.crowd.Shelf;
import kinoteka.people.crowd.Sights;
import kinoteka.people.crowd.Taste;
import kinoteka.people.crowd.Thing;
import kinoteka.people.library.Answer;

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
    Verdict refusal(Answer answer, Thing thing) {
        var isUnknown = answer.is(404, "resource-not-found") || answer.is(422, "reference-not-found");
        var isDeleted = thing.kind().equals("publication") && sights.shelf().isDeleted(thing.id());
        return isUnknown && isDeleted ? Verdict.refused("deleted meanwhile") : Verdict.unexpected(answer);
    }
}
