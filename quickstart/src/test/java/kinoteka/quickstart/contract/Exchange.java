package kinoteka.quickstart.contract;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request and its answer. */
record Exchange(Operation operation, Request request, HttpResponse<String> answer) {

    /** What the gateway may say to any request, in its own words. */
    private static final Set<Integer> OF_THE_GATEWAY = Set.of(400, 404, 405, 408, 413, 414, 431, 502, 503, 504);

    int status() {
        return answer.statusCode();
    }

    boolean succeeded() {
        return status() / 100 == 2;
    }

    JsonNode body() {
        return Document.JSON.readTree(answer.body());
    }

    /** In what the answer is not as the document says. */
    List<String> breaches(Document document) {
        List<String> breaches = new ArrayList<>();
        if (status() >= 500) {
            breaches.add("a failure of ours");
        }
        var described = operation.answer(status(), document);
        if (described.isEmpty() && !OF_THE_GATEWAY.contains(status())) {
            breaches.add("the status is not documented");
        }
        described.ifPresent(expected -> compare(expected, document, breaches));
        return breaches;
    }

    private void compare(JsonNode expected, Document document, List<String> breaches) {
        for (var header : expected.path("headers").propertyNames()) {
            boolean mayBeAbsent = header.equals("Link");
            if (!mayBeAbsent && answer.headers().firstValue(header).isEmpty()) {
                breaches.add("the header " + header + " is missing");
            }
        }
        var content = expected.path("content");
        var type = answer.headers().firstValue("Content-Type").orElse("");
        if (content.isEmpty() != type.isEmpty()) {
            breaches.add("content: " + type + " (expected: " + content.propertyNames() + ")");
        } else if (!content.isEmpty() && !content.has(type)) {
            breaches.add("content: " + type + " (expected: one of " + content.propertyNames() + ")");
        } else if (!content.isEmpty()) {
            var schema = content.get(type).get("schema");
            var values =
                    type.equals("application/x-ndjson") ? answer.body().lines().toList() : List.of(answer.body());
            for (var value : values) {
                breaches.addAll(errors(document, schema, value));
            }
        }
    }

    private static List<String> errors(Document document, JsonNode schema, String value) {
        try {
            return document.errors(schema, Document.JSON.readTree(value));
        } catch (JacksonException e) {
            return List.of("the body is no JSON: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return request + "\n    " + status() + " " + shortened(answer.body());
    }

    static String shortened(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}
