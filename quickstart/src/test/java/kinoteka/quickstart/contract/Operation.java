package kinoteka.quickstart.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** One method of one path, as the document describes it. */
record Operation(String path, String method, JsonNode described) {

    List<JsonNode> parameters(String in) {
        return StreamSupport.stream(described.path("parameters").spliterator(), false)
                .filter(parameter -> parameter.get("in").asString().equals(in))
                .toList();
    }

    /** Of the first format that it reads. */
    Optional<JsonNode> body() {
        return described.path("requestBody").path("content").properties().stream()
                .findFirst()
                .map(format -> format.getValue().get("schema"));
    }

    /** Whether it cannot be done without a token. */
    boolean needsToken() {
        var alternatives = described.path("security");
        return !alternatives.isEmpty()
                && StreamSupport.stream(alternatives.spliterator(), false).noneMatch(JsonNode::isEmpty);
    }

    Optional<JsonNode> answer(int status, Document document) {
        return Optional.ofNullable(described.get("responses").get(Integer.toString(status)))
                .map(document::resolve);
    }

    /** Whether it goes on until the client leaves. */
    boolean isStream() {
        return described.at("/responses/200/content").has("text/event-stream");
    }

    boolean isList(Document document) {
        var schema =
                described.at("/responses/200/content").path("application/json").path("schema");
        return method.equals("GET")
                && document.resolve(schema).path("type").asString("").equals("array");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
