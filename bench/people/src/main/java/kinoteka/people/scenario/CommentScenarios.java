package kinoteka.people.scenario;

import java.util.Map;
import java.util.Optional;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.testdata.RecentComments;
import kinoteka.people.testdata.Subject;
import kinoteka.people.testdata.TestData;

/** Comments on movies and publications; a quarter of the comments are replies to recent ones. */
final class CommentScenarios {

    /** One of this many comments is a reply. */
    private static final int REPLY_INTERVAL = 4;

    private final TestData testData;
    private final SubjectPicker subjects;

    CommentScenarios(TestData testData) {
        this.testData = testData;
        this.subjects = new SubjectPicker(testData);
    }

    void commentOnMovie(Iteration iteration) throws InterruptedException {
        comment(iteration, subjects.pickMovie(iteration));
    }

    void commentOnPublication(Iteration iteration) throws InterruptedException {
        var publication = subjects.pickPublication(iteration);
        if (publication.isPresent()) {
            comment(iteration, publication.get());
        }
    }

    /** @param picked the subject unless the comment is a reply, which belongs to its parent's subject */
    private void comment(Iteration iteration, Subject picked) throws InterruptedException {
        var random = iteration.random();
        var parent = random.nextInt(REPLY_INTERVAL) == 0
                ? testData.comments().pick(picked.type(), random)
                : Optional.<RecentComments.Comment>empty();
        var subject = parent.map(RecentComments.Comment::subject).orElse(picked);
        var parentId = parent.map(RecentComments.Comment::id).orElse(0L);
        var text = RandomText.comment(random);
        iteration.runAsIdleUser(testData.users(), user -> {
            var body = parentId > 0 ? Map.of("text", text, "parent_id", parentId) : Map.of("text", text);
            var exchange = iteration.send(user.authorize(ApiRequest.post(subject.path() + "/comments", body)));
            var response = exchange.response();
            var isCreated = response.status() == 201
                    && response.text("text").equals(text)
                    && response.body().path("customer").path("id").asLong(0) == user.id()
                    && response.body().path("parent_id").asLong(0) == parentId
                    && response.body().path(subject.type() + "_id").asLong(0) == subject.id();
            var success = CheckResult.success(parentId > 0 ? "reply created" : "comment created");
            iteration.record(exchange, isCreated ? success : subjects.checkError(response, subject));
            if (isCreated) {
                iteration.recordCreated(response, null, subject.path());
                testData.comments().add(new RecentComments.Comment(subject, response.id()));
            }
        });
    }
}
