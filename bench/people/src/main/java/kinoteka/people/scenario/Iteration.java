package kinoteka.people.scenario;

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

/** One execution of a scenario. The scenario checks the response to each request and records the result here. */
record Iteration(
        Scenario scenario,
        ApiClient client,
        Metrics metrics,
        AcknowledgedChanges acknowledged,
        RandomGenerator random) {

    /**
     * A request and its response.
     *
     * @param sentAt since the start of the run
     */
    record Exchange(ApiRequest request, ApiResponse response, Duration sentAt) {}

    /** The steps that one user performs. */
    interface UserSteps {
        void run(User user) throws InterruptedException;
    }

    Exchange send(ApiRequest request) throws InterruptedException {
        var sentAt = metrics.elapsed();
        return new Exchange(request, client.send(request), sentAt);
    }

    /** Records the result of a request and returns its response. */
    ApiResponse record(Exchange exchange, CheckResult result) {
        var response = exchange.response();
        var label = exchange.request().method().equals("GET") ? Sample.READ : scenario.label();
        var outcome = result.toOutcome(response.status());
        if (outcome.kind() == Outcome.Kind.ERROR) {
            var error = new RequestError(
                    label,
                    exchange.sentAt(),
                    exchange.request().toString(),
                    outcome,
                    response.text("detail"),
                    response.text("trace_id"));
            metrics.recordError(error, response.duration());
        } else {
            metrics.record(new Sample(label, exchange.sentAt(), response.duration(), outcome));
        }
        return response;
    }

    /** Records that the scenario could not be completed, although no request has failed. */
    void recordFailure(String reason) {
        var outcome = new Outcome(ApiResponse.NO_RESPONSE, "not completed", Outcome.Kind.ERROR);
        metrics.recordError(
                new RequestError(scenario.label(), metrics.elapsed(), "", outcome, reason, ""), Duration.ZERO);
    }

    /** Checks that a deleted resource is not found, immediately after the deletion was acknowledged. */
    void checkNotFound(String path) throws InterruptedException {
        var exchange = send(ApiRequest.get(path));
        var response = exchange.response();
        record(
                exchange,
                response.isProblem(404, "resource-not-found")
                        ? CheckResult.success("not found after deletion")
                        : CheckResult.error(response));
    }

    /**
     * Remembers an acknowledged creation for the checks after the run.
     *
     * @param token that may read the resource; null if everybody may
     * @param parentPath path of the resource together with which this one is deleted; null if there is none
     */
    void recordCreated(ApiResponse response, @Nullable String token, @Nullable String parentPath) {
        response.location()
                .ifPresent(
                        path -> acknowledged.recordCreated(new AcknowledgedChanges.Created(path, token, parentPath)));
    }

    /** Runs the steps as an idle user, who is busy until they end. */
    void runAsIdleUser(Users users, UserSteps steps) throws InterruptedException {
        var user = users.acquire(random);
        if (user.isEmpty()) {
            recordFailure("all users are busy (expected: more PEOPLE, or lower RATES)");
            return;
        }
        try {
            steps.run(user.get());
        } finally {
            users.release(user.get());
        }
    }

    /** Returns an iteration of another scenario, which is run first because this one lacks the data that it needs. */
    Iteration of(Scenario other) {
        return new Iteration(other, client, metrics, acknowledged, random);
    }
}
