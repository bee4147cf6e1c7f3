package kinoteka.quickstart.contract;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request and its response. */
record Exchange(Operation operation, Request request, HttpResponse<String> response) {

    /** The statuses of the gateway's own problems, which any request may get. */
    private static final Set<Integer> GATEWAY_STATUSES = Set.of(400, 404, 405, 408, 413, 414, 431, 502, 503, 504);

    int status() {
        return response.statusCode();
    }

    boolean succeeded() {
        return status() / 100 == 2;
    }

    JsonNode body() {
        return Document.JSON.readTree(response.body());
    }

    /** Returns the differences between the response and the document. */
    List<String> findViolations(Document document) {
        List<String> violations = new ArrayList<>();
        if (status() >= 500) {
            violations.add("a server error");
        }
        var described = operation.response(status(), document);
        if (described.isEmpty() && !GATEWAY_STATUSES.contains(status())) {
            violations.add("the status is not documented");
        }
        described.ifPresent(expected -> compare(expected, document, violations));
        return violations;
    }

    private void compare(JsonNode expected, Document document, List<String> violations) {
        for (var header : expected.path("headers").propertyNames()) {
            boolean mayBeAbsent = header.equals("Link");
            if (!mayBeAbsent && response.headers().firstValue(header).isEmpty()) {
                violations.add("the header " + header + " is missing");
            }
        }
        var content = expected.path("content");
        var type = response.headers().firstValue("Content-Type").orElse("");
        if (content.isEmpty() != type.isEmpty()) {
            violations.add("content: " + type + " (expected: " + content.propertyNames() + ")");
        } else if (!content.isEmpty() && !content.has(type)) {
            violations.add("content: " + type + " (expected: one of " + content.propertyNames() + ")");
        } else if (!content.isEmpty()) {
            var schema = content.get(type).get("schema");
            var values = type.equals("application/x-ndjson")
                    ? response.body().lines().toList()
                    : List.of(response.body());
            for (var value : values) {
                violations.addAll(errors(document, schema, value));
            }
        }
    }

    private static List<String> errors(Document document, JsonNode schema, String value) {
        try {
            return document.errors(schema, Document.JSON.readTree(value));
        } catch (JacksonException e) {
            return List.of("the body is not JSON: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return request + "\n    " + status() + " " + shortened(response.body());
    }

    static String shortened(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}
