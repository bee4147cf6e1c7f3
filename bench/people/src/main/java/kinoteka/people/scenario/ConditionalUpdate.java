package kinoteka.people.scenario;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.ApiResponse;
import tools.jackson.databind.JsonNode;

/**
 * Reads a resource and updates it with {@code If-Match}. If the resource was changed in between, it is read and updated again.
 *
 * @param path of the resource
 * @param token that authenticates the update
 * @param edit returns the new values of the fields to update for the current resource; the response must contain them
 * @param mayBeDeleted returns whether an error response is expected because the resource was deleted
 */
record ConditionalUpdate(
        String path, String token, Function<JsonNode, Map<String, ?>> edit, Predicate<ApiResponse> mayBeDeleted)
        implements ScenarioSteps {

    private static final int MAX_ATTEMPTS = 10;

    @Override
    public void run(Iteration iteration) throws InterruptedException {
        var current = read(iteration);
        for (int attempt = 0; attempt < MAX_ATTEMPTS && current.status() == 200; attempt++) {
            var fields = edit.apply(current.body());
            var exchange = iteration.send(
                    ApiRequest.patch(path, fields).withToken(token).withHeader("If-Match", current.etag()));
            var response = exchange.response();
            if (!response.isProblem(412, "precondition-failed")) {
                iteration.record(exchange, check(response, fields));
                return;
            }
            // A 412 is correct only if the resource has another version now.
            var latest = read(iteration);
            var isChanged = latest.status() != 200 || !latest.etag().equals(current.etag());
            iteration.record(
                    exchange, isChanged ? CheckResult.rejected("concurrent update") : CheckResult.error(response));
            current = latest;
        }
        if (current.status() == 200) {
            iteration.recordFailure(path + ": " + MAX_ATTEMPTS + " concurrent updates (expected: fewer)");
        }
    }

    private ApiResponse read(Iteration iteration) throws InterruptedException {
        var exchange = iteration.send(ApiRequest.get(path));
        var response = exchange.response();
        var isRead = response.status() == 200 && !response.etag().isEmpty();
        return iteration.record(exchange, isRead ? CheckResult.success("read") : checkError(response));
    }

    private CheckResult check(ApiResponse response, Map<String, ?> fields) {
        return response.status() == 200 && hasFields(response, fields)
                ? CheckResult.success("updated")
                : checkError(response);
    }

    private CheckResult checkError(ApiResponse response) {
        return mayBeDeleted.test(response) ? CheckResult.rejected("deleted concurrently") : CheckResult.error(response);
    }

    private static boolean hasFields(ApiResponse response, Map<String, ?> fields) {
        return fields.entrySet().stream()
                .allMatch(field -> response.text(field.getKey()).equals(String.valueOf(field.getValue())));
    }
}
