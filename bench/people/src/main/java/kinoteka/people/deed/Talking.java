package kinoteka.people.deed;

import java.util.Map;
import java.util.Optional;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.testdata.RecentComments;
import kinoteka.people.testdata.Subject;
import kinoteka.people.testdata.TestData;

/** Films and publications are talked about; a quarter of what is said are replies. */
final class Talking {

    private static final int ONE_REPLY_IN = 4;

    private final TestData testData;
    private final Choice choice;

    Talking(TestData testData) {
        this.testData = testData;
        this.choice = new Choice(testData);
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

    private void say(Visit visit, Subject chosen) throws InterruptedException {
        var dice = visit.dice();
        var heard = dice.nextInt(ONE_REPLY_IN) == 0
                ? testData.comments().pick(chosen.type(), dice)
                : Optional.<RecentComments.Comment>empty();
        var subject = heard.map(RecentComments.Comment::subject).orElse(chosen);
        var parent = heard.map(RecentComments.Comment::id).orElse(0L);
        var text = Words.remark(dice);
        visit.bySomebody(testData.users(), user -> {
            var body = parent > 0 ? Map.of("text", text, "parent_id", parent) : Map.of("text", text);
            var exchange = visit.send(user.authorize(ApiRequest.post(subject.path() + "/comments", body)));
            var response = exchange.response();
            var isSaid = response.status() == 201
                    && response.text("text").equals(text)
                    && response.body().path("customer").path("id").asLong(0) == user.id()
                    && response.body().path("parent_id").asLong(0) == parent
                    && response.body().path(subject.type() + "_id").asLong(0) == subject.id();
            visit.note(
                    exchange,
                    isSaid ? Verdict.done(parent > 0 ? "reply" : "comment") : choice.refusal(response, subject));
            if (isSaid) {
                hear(visit, response, subject);
            }
        });
    }

    private void hear(Visit visit, ApiResponse response, Subject subject) {
        visit.added(response, null, subject.path());
        testData.comments().add(new RecentComments.Comment(subject, response.id()));
    }
}
