package kinoteka.quickstart.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Generates values that are valid for a schema. */
final class ValueGenerator {

    private final Document document;
    private final RandomGenerator random;
    private final Function<String, Long> ids;
    private int uniqueTexts;

    /** @param ids returns the id of an existing resource for the name of a field that refers to it */
    ValueGenerator(Document document, RandomGenerator random, Function<String, Long> ids) {
        this.document = document;
        this.random = random;
        this.ids = ids;
    }

    /** Returns an object with all required fields and a random choice of the others. */
    ObjectNode generateObject(JsonNode schema) {
        var described = document.resolve(schema);
        var required = Stream.ofNullable(described.get("required"))
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asString)
                .toList();
        var object = Document.JSON.createObjectNode();
        described.get("properties").properties().forEach(property -> {
            boolean isReadOnly = property.getValue().path("readOnly").asBoolean(false);
            if (required.contains(property.getKey()) || (!isReadOnly && random.nextBoolean())) {
                object.set(property.getKey(), generate(property.getKey(), document.resolve(property.getValue())));
            }
        });
        return object;
    }

    /** Returns a value for a field or a parameter. */
    JsonNode generate(String name, JsonNode schema) {
        var type = type(schema);
        return switch (type) {
            case "integer" ->
                Document.JSON.getNodeFactory().numberNode(name.endsWith("_id") ? id(name, schema) : integer(schema));
            case "number" -> Document.JSON.getNodeFactory().numberNode(number(schema));
            case "boolean" -> Document.JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case "array" -> array(schema);
            case "string" -> Document.JSON.getNodeFactory().stringNode(text(name, schema));
            default -> Document.JSON.nullNode();
        };
    }

    private JsonNode array(JsonNode schema) {
        var items = schema.get("items");
        var array = Document.JSON.createArrayNode();
        return items.has("enum") ? array.add(pick(items.get("enum"))) : array;
    }

    private long id(String name, JsonNode schema) {
        return isNullable(schema) ? 1 : ids.apply(name);
    }

    private long integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = Math.min(schema.path("maximum").asLong(least + 1000), least + 1000);
        return random.nextLong(least, most + 1);
    }

    private BigDecimal number(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(least + 1000);
        return BigDecimal.valueOf(random.nextLong(least * 100, most * 100 + 1), 2);
    }

    /** Returns the first of some candidates that is valid. */
    private String text(String name, JsonNode schema) {
        if (schema.has("enum")) {
            return pick(schema.get("enum")).asString();
        }
        var unique = Long.toString(random.nextLong(1L << 40), 36) + uniqueTexts++;
        return Stream.of(
                        schema.path("format").asString("").equals("date") ? "1990-05-17" : unique,
                        "Слово " + unique,
                        unique + "@example.org",
                        "https://" + unique + ".example",
                        "12+",
                        "\"" + unique + "\"",
                        "1990-05-17")
                .filter(text -> allows(schema, text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        name + ": " + schema + " (expected: a schema for which a candidate is valid)"));
    }

    private boolean allows(JsonNode schema, String text) {
        return document.errors(schema, Document.JSON.getNodeFactory().stringNode(text))
                        .isEmpty()
                && (!schema.path("format").asString("").equals("email") || text.contains("@"));
    }

    private JsonNode pick(JsonNode values) {
        return values.get(random.nextInt(values.size()));
    }

    static boolean isNullable(JsonNode schema) {
        return schema.path("type").isArray();
    }

    /** Returns the type of a schema; for a nullable one, the type that is not null. */
    static String type(JsonNode schema) {
        var type = schema.path("type");
        return List.of("integer", "number", "boolean", "array", "string", "object").stream()
                .filter(name -> type.isArray()
                        ? type.valueStream().anyMatch(one -> one.asString().equals(name))
                        : type.asString("").equals(name))
                .findFirst()
                .orElse("null");
    }
}
