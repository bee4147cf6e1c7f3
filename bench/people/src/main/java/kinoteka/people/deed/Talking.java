package kinoteka.people.deed;

import java.util.Map;
import java.util.Optional;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.crowd.Sights;
import kinoteka.people.crowd.Talk;
import kinoteka.people.crowd.Thing;

/** Films and publications are talked about; a quarter of what is said are replies. */
final class Talking {

    private static final int ONE_REPLY_IN = 4;

    private final Sights sights;
    private final Choice choice;

    Talking(Sights sights) {
        this.sights = sights;
        this.choice = new Choice(sights);
    }

    void aboutMovie(Visit visit) throws InterruptedException {
        say(visit, choice.movie(visit));
    }

    void aboutPublication(Visit visit) throws InterruptedException {
        var publication = choice.publication(visit);
        if (publication.isPresent()) {
            say(visit, publication.get());
        }
    }

    private void say(Visit visit, Thing chosen) throws InterruptedException {
        var dice = visit.dice();
        var heard = dice.nextInt(ONE_REPLY_IN) == 0
                ? sights.talk().any(chosen.kind(), dice)
                : Optional.<Talk.Comment>empty();
        var thing = heard.map(Talk.Comment::about).orElse(chosen);
        var parent = heard.map(Talk.Comment::id).orElse(0L);
        var text = Words.remark(dice);
        visit.bySomebody(sights.crowd(), person -> {
            var body = parent > 0 ? Map.of("text", text, "parent_id", parent) : Map.of("text", text);
            var exchange = visit.send(person.authorize(ApiRequest.post(thing.path() + "/comments", body)));
            var response = exchange.response();
            var isSaid = response.status() == 201
                    && response.text("text").equals(text)
                    && response.body().path("customer").path("id").asLong(0) == person.id()
                    && response.body().path("parent_id").asLong(0) == parent
                    && response.body().path(thing.kind() + "_id").asLong(0) == thing.id();
            visit.note(
                    exchange,
                    isSaid ? Verdict.done(parent > 0 ? "reply" : "comment") : choice.refusal(response, thing));
            if (isSaid) {
                hear(visit, response, thing);
            }
        });
    }

    private void hear(Visit visit, ApiResponse response, Thing thing) {
        visit.added(response, null, thing.path());
        sights.talk().hear(new Talk.Comment(thing, response.id()));
    }
}
