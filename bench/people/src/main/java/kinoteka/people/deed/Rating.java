package kinoteka.people.deed;

import java.util.Map;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.crowd.Sights;
import kinoteka.people.crowd.Thing;

/** Films and publications get stars; who has given some before thinks better of it. */
final class Rating {

    private static final int MOST_STARS = 5;

    private final Sights sights;
    private final Choice choice;

    Rating(Sights sights) {
        this.sights = sights;
        this.choice = new Choice(sights);
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

    private void rate(Visit visit, Thing thing) throws InterruptedException {
        visit.bySomebody(sights.crowd(), person -> {
            var stars = 1 + visit.dice().nextInt(MOST_STARS);
            var exchange =
                    visit.send(person.authorize(ApiRequest.post(thing.path() + "/ratings", Map.of("stars", stars))));
            var response = exchange.response();
            var isRated = (response.status() == 201 || response.status() == 200)
                    && response.body().path("stars").asInt(0) == stars
                    && response.body().path("customer").path("id").asLong(0) == person.id()
                    && response.body().path(thing.kind() + "_id").asLong(0) == thing.id();
            var done = Verdict.done(response.status() == 201 ? "rated" : "rated anew");
            visit.note(exchange, isRated ? done : choice.refusal(response, thing));
            if (isRated) {
                visit.added(response, null, thing.path());
            }
        });
    }
}
