package kinoteka.quickstart.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI 3.1 document of the API: its operations, and its schemas as JSON Schema 2020-12. */
final class Document {

    static final JsonMapper JSON = new JsonMapper();

    private final SchemaRegistry dialect = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new HashMap<>();
    private final JsonNode root;

    Document(String json) {
        this.root = JSON.readTree(json);
    }

    List<Operation> operations() {
        return root.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> new Operation(
                                path.getKey(), operation.getKey().toUpperCase(Locale.ROOT), operation.getValue())))
                .toList();
    }

    /** Returns the node to which a {@code $ref} refers; a node that is not a reference is returned itself. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asString().substring(1)) : node;
    }

    /** Returns the messages of the validation of a value; empty if the value is valid. */
    List<String> errors(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::compile).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    /** Returns a message for each error in the examples of schemas. */
    List<String> findInvalidExamples() {
        return root.at("/components/schemas").properties().stream()
                .flatMap(
                        named -> named.getValue().path("examples").valueStream().flatMap(example -> Stream.concat(
                                        errors(named.getValue(), example).stream(),
                                        example.propertyStream()
                                                .map(Map.Entry::getKey)
                                                .filter(name -> !named.getValue()
                                                        .get("properties")
                                                        .has(name))
                                                .map(name -> name + ": no such property"))
                                .map(error -> "example of " + named.getKey() + ": " + error)))
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode compound = JSON.createObjectNode();
        compound.putArray("allOf").add(schema);
        compound.set("components", root.get("components"));
        return dialect.getSchema(compound);
    }

    /** Returns the paths of all lists. */
    Stream<String> listPaths() {
        return operations().stream().filter(operation -> operation.isList(this)).map(Operation::path);
    }
}
