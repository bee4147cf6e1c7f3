package kinoteka.people.deed;

import java.time.Duration;
import java.util.random.RandomGenerator;
import kinoteka.people.api.ApiClient;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.notes.Acknowledged;
import kinoteka.people.notes.Note;
import kinoteka.people.notes.Notes;
import kinoteka.people.notes.Outcome;
import kinoteka.people.notes.Trouble;
import kinoteka.people.testdata.User;
import kinoteka.people.testdata.Users;
import org.jspecify.annotations.Nullable;

/** One performance of an action. Every request in it is noted with what came of it. */
record Visit(Action action, ApiClient client, Notes notes, Acknowledged acknowledged, RandomGenerator dice) {

    /** Under which everything that is only read is counted. */
    private static final String LOOK = "look";

    /** A request, its answer and when it was sent. */
    record Exchange(ApiRequest request, ApiResponse response, Duration at) {}

    /** What one user does. */
    interface Doing {
        void does(User user) throws InterruptedException;
    }

    Exchange send(ApiRequest request) throws InterruptedException {
        var at = notes.now();
        return new Exchange(request, client.send(request), at);
    }

    /** Notes what came of a request, and passes its answer on. */
    ApiResponse note(Exchange exchange, Verdict verdict) {
        var response = exchange.response();
        var row = exchange.request().method().equals("GET") ? LOOK : action.title();
        var outcome = verdict.outcome(response.status());
        if (outcome.kind() == Outcome.Kind.ERROR) {
            var trouble = new Trouble(
                    row,
                    exchange.at(),
                    exchange.request().toString(),
                    outcome,
                    response.text("detail"),
                    response.text("trace_id"));
            notes.add(trouble, response.duration());
        } else {
            notes.add(new Note(row, exchange.at(), response.duration(), outcome));
        }
        return response;
    }

    /** Notes that nothing could be asked at all. */
    void impossible(String why) {
        var outcome = new Outcome(ApiResponse.NO_RESPONSE, "not asked", Outcome.Kind.ERROR);
        notes.add(new Trouble(action.title(), notes.now(), "", outcome, why, ""), Duration.ZERO);
    }

    /** What was taken away is not there for anybody at once. */
    void requireGone(String path) throws InterruptedException {
        var exchange = send(ApiRequest.get(path));
        var response = exchange.response();
        note(
                exchange,
                response.isProblem(404, "resource-not-found")
                        ? Verdict.done("gone as it should")
                        : Verdict.unexpected(response));
    }

    /** Remembers what the library has acknowledged to have added. */
    void added(ApiResponse response, @Nullable String token, @Nullable String within) {
        response.location().ifPresent(path -> acknowledged.add(new Acknowledged.Added(path, token, within)));
    }

    /** Somebody idle does it, and nothing else until it is done. */
    void bySomebody(Users users, Doing doing) throws InterruptedException {
        var user = users.acquire(dice);
        if (user.isEmpty()) {
            impossible("everybody is busy (expected: more PEOPLE, or lower RATES)");
            return;
        }
        try {
            doing.does(user.get());
        } finally {
            users.release(user.get());
        }
    }

    /** The same visit in the course of which something else must be done first. */
    Visit with(Action other) {
        return new Visit(other, client, notes, acknowledged, dice);
    }
}
