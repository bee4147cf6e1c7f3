package kinoteka.catalog.openapi;

import java.lang.reflect.Field;
import java.util.Map;
import kinoteka.catalog.body.InputRecord;
import kinoteka.catalog.openapi.schema.Descriptions;
import kinoteka.catalog.openapi.schema.Schemas;
import kinoteka.catalog.parameter.DeclaredParameter;
import kinoteka.catalog.parameter.Location;
import kinoteka.catalog.representation.ETags;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parameter Objects: those that the operation declares, and the conditional headers. */
final class Parameters {

    private final JsonMapper json;
    private final Schemas schemas;
    private final Descriptions descriptions;

    Parameters(JsonMapper json, Schemas schemas, Descriptions descriptions) {
        this.json = json;
        this.schemas = schemas;
        this.descriptions = descriptions;
    }

    ArrayNode of(Operation operation) {
        var all = json.createArrayNode();
        DeclaredParameter.of(operation.handler()).forEach(parameter -> all.add(describe(parameter, operation)));
        if (operation.isConditional()) {
            all.add(condition(
                    HttpHeaders.IF_MATCH,
                    "The `ETag` that the client has seen. If the resource has changed since, the response is 412."));
        } else if (operation.isGet() && !operation.isList() && operation.returnsResources()) {
            all.add(
                    condition(
                            HttpHeaders.IF_NONE_MATCH,
                            "The `ETag` that the client has stored. If the resource has not changed since, the response is 304."));
        }
        return all;
    }

    private ObjectNode describe(DeclaredParameter declared, Operation operation) {
        var schema = schemas.parameter(declared.declaration(), declared.type());
        var parameter = json.createObjectNode().put("name", declared.name()).put("in", key(declared.location()));
        Descriptions.add(parameter, descriptionsOf(declared, operation).get(declared.javaName()));
        if (declared.location() == Location.PATH) {
            parameter.put("required", true).put("example", 1);
        }
        if (schema.has("items")) {
            parameter.put("explode", false);
        }
        addDefault(declared, schema);
        return parameter.set("schema", schema);
    }

    private Map<String, String> descriptionsOf(DeclaredParameter declared, Operation operation) {
        return declared.declaration() instanceof Field field
                ? descriptions.ofComponents(field.getDeclaringClass())
                : descriptions.ofParameters(operation.declared());
    }

    private void addDefault(DeclaredParameter declared, ObjectNode schema) {
        if (declared.declaration() instanceof Field field) {
            var input = new InputRecord(field.getDeclaringClass());
            input.components().stream()
                    .filter(component -> component.javaName().equals(declared.javaName()))
                    .findFirst()
                    .flatMap(input::defaultValue)
                    .ifPresent(value -> schema.set("default", json.valueToTree(value)));
        }
    }

    private ObjectNode condition(String header, String description) {
        var schema = json.createObjectNode().put("type", "string");
        var forms = schema.putArray("anyOf");
        forms.addObject().put("const", "*").put("description", "Any version.");
        forms.addObject().put("pattern", ETags.LIST).put("description", "Entity tags, in quotes.");
        return json.createObjectNode()
                .put("name", header)
                .put("in", key(Location.HEADER))
                .put("description", description)
                .set("schema", schema);
    }

    private static String key(Location location) {
        return switch (location) {
            case PATH -> "path";
            case QUERY -> "query";
            case HEADER -> "header";
        };
    }
}
