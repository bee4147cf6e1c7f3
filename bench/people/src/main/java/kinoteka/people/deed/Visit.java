package kinoteka.people.deed;

import java.time.Duration;
import java.util.random.RandomGenerator;
import kinoteka.people.api.ApiClient;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.metrics.AcknowledgedChanges;
import kinoteka.people.metrics.Metrics;
import kinoteka.people.metrics.Outcome;
import kinoteka.people.metrics.RequestError;
import kinoteka.people.metrics.Sample;
import kinoteka.people.testdata.User;
import kinoteka.people.testdata.Users;
import org.jspecify.annotations.Nullable;

/** One performance of an action. Every request in it is noted with what came of it. */
record Visit(Action action, ApiClient client, Metrics metrics, AcknowledgedChanges acknowledged, RandomGenerator dice) {

    /** A request, its answer and when it was sent. */
    record Exchange(ApiRequest request, ApiResponse response, Duration at) {}

    /** What one user does. */
    interface Doing {
        void does(User user) throws InterruptedException;
    }

    Exchange send(ApiRequest request) throws InterruptedException {
        var at = metrics.elapsed();
        return new Exchange(request, client.send(request), at);
    }

    /** Notes what came of a request, and passes its answer on. */
    ApiResponse note(Exchange exchange, Verdict verdict) {
        var response = exchange.response();
        var row = exchange.request().method().equals("GET") ? Sample.READ : action.title();
        var outcome = verdict.outcome(response.status());
        if (outcome.kind() == Outcome.Kind.ERROR) {
            var error = new RequestError(
                    row,
                    exchange.at(),
                    exchange.request().toString(),
                    outcome,
                    response.text("detail"),
                    response.text("trace_id"));
            metrics.recordError(error, response.duration());
        } else {
            metrics.record(new Sample(row, exchange.at(), response.duration(), outcome));
        }
        return response;
    }

    /** Notes that nothing could be asked at all. */
    void impossible(String why) {
        var outcome = new Outcome(ApiResponse.NO_RESPONSE, "not asked", Outcome.Kind.ERROR);
        metrics.recordError(new RequestError(action.title(), metrics.elapsed(), "", outcome, why, ""), Duration.ZERO);
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
        response.location()
                .ifPresent(path -> acknowledged.recordCreated(new AcknowledgedChanges.Created(path, token, within)));
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
        return new Visit(other, client, metrics, acknowledged, dice);
    }
}
