package kinoteka.people.deed;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.ApiResponse;
import tools.jackson.databind.JsonNode;

/**
 * A change of what one has read, and of nothing newer: who loses the race against another change reads again.
 *
 * @param path of the thing
 * @param token of who changes it
 * @param edit the fields to change, from what was read; the answer must have them
 * @param mayBeGone whether this answer may say that the thing is gone
 */
record Change(String path, String token, Function<JsonNode, Map<String, ?>> edit, Predicate<ApiResponse> mayBeGone)
        implements Deed {

    private static final int RACES = 10;

    @Override
    public void perform(Visit visit) throws InterruptedException {
        var seen = look(visit);
        for (int race = 0; race < RACES && seen.status() == 200; race++) {
            var fields = edit.apply(seen.body());
            var exchange =
                    visit.send(ApiRequest.patch(path, fields).withToken(token).withHeader("If-Match", seen.etag()));
            var response = exchange.response();
            if (!response.isProblem(412, "precondition-failed")) {
                visit.note(exchange, verdict(response, fields));
                return;
            }
            var now = look(visit);
            var isAnother = now.status() != 200 || !now.etag().equals(seen.etag());
            visit.note(exchange, isAnother ? Verdict.refused("lost a race") : Verdict.unexpected(response));
            seen = now;
        }
        if (seen.status() == 200) {
            visit.impossible(path + ": lost " + RACES + " races");
        }
    }

    private ApiResponse look(Visit visit) throws InterruptedException {
        var exchange = visit.send(ApiRequest.get(path));
        var response = exchange.response();
        var isThere = response.status() == 200 && !response.etag().isEmpty();
        return visit.note(exchange, isThere ? Verdict.done("read") : refusal(response));
    }

    private Verdict verdict(ApiResponse response, Map<String, ?> fields) {
        return response.status() == 200 && has(response, fields) ? Verdict.done("changed") : refusal(response);
    }

    private Verdict refusal(ApiResponse response) {
        return mayBeGone.test(response) ? Verdict.refused("deleted meanwhile") : Verdict.unexpected(response);
    }

    private static boolean has(ApiResponse response, Map<String, ?> fields) {
        return fields.entrySet().stream()
                .allMatch(field -> response.text(field.getKey()).equals(String.valueOf(field.getValue())));
    }
}
