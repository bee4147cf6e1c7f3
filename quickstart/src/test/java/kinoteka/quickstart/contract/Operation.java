package kinoteka.quickstart.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A method of a path, as the document describes it. */
record Operation(String path, String method, JsonNode description) {

    List<JsonNode> parameters(String in) {
        return StreamSupport.stream(description.path("parameters").spliterator(), false)
                .filter(parameter -> parameter.get("in").asString().equals(in))
                .toList();
    }

    /** Returns the schema of the request body, in the first of its formats. */
    Optional<JsonNode> body() {
        return description.path("requestBody").path("content").properties().stream()
                .findFirst()
                .map(format -> format.getValue().get("schema"));
    }

    /** Returns whether requests without a token are rejected. */
    boolean needsToken() {
        var alternatives = description.path("security");
        return !alternatives.isEmpty()
                && StreamSupport.stream(alternatives.spliterator(), false).noneMatch(JsonNode::isEmpty);
    }

    Optional<JsonNode> response(int status, Document document) {
        return Optional.ofNullable(description.get("responses").get(Integer.toString(status)))
                .map(document::resolve);
    }

    /** Returns whether the response is a stream, which ends when the client disconnects. */
    boolean isStream() {
        return description.at("/responses/200/content").has("text/event-stream");
    }

    boolean isList(Document document) {
        var schema = description
                .at("/responses/200/content")
                .path("application/json")
                .path("schema");
        return method.equals("GET")
                && document.resolve(schema).path("type").asString("").equals("array");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
