package kinoteka.catalog.openapi.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Year;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import kinoteka.catalog.body.InputRecord;
import kinoteka.catalog.problem.InvalidField;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of the document: one for each record that a response has, and one for each way in which a record is sent. */
public final class Schemas {

    private final JsonMapper json;
    private final Descriptions descriptions;
    private final Constraints constraints;
    private final SchemaTypes types;
    private final Examples examples;
    private final Map<String, ObjectNode> named = new TreeMap<>();
    private final Map<String, Class<?>> owners = new TreeMap<>();

    public Schemas(JsonMapper json, Descriptions descriptions, Year now) {
        this.json = json;
        this.descriptions = descriptions;
        this.constraints = new Constraints(now);
        this.types = new SchemaTypes(json, this::response);
        this.examples = new Examples(json);
    }

    /** All schemas that were asked for, by name, with examples. */
    public ObjectNode all() {
        var all = json.createObjectNode();
        named.forEach(all::set);
        examples.addTo(all);
        return all;
    }

    /** A reference to the schema of a record in a response. */
    public ObjectNode response(Class<?> type) {
        var name = type.getSimpleName();
        if (claim(name, type)) {
            var schema = object(name, descriptions.of(type));
            var required = schema.putArray("required");
            for (var component : type.getRecordComponents()) {
                var property = InvalidField.nameOf(component.getName());
                properties(schema).set(property, returned(component, descriptions.ofComponents(type)));
                if (!isOmitted(component)) {
                    required.add(property);
                }
            }
        }
        return reference(name);
    }

    /** A reference to the schema of a record that creates a resource, without read-only fields. */
    public ObjectNode created(Class<?> type) {
        return ignored(type).length == 0
                ? complete(type.getSimpleName(), type)
                : complete("New" + type.getSimpleName().replaceFirst("Edit$", ""), type);
    }

    /** A reference to the schema of a record that replaces a resource: read-only fields may be sent and are ignored. */
    public ObjectNode replaced(Class<?> type) {
        var reference = complete(type.getSimpleName(), type);
        addIgnored(type.getSimpleName(), type);
        return reference;
    }

    /** A reference to the schema of a JSON Merge Patch to such a record. */
    public ObjectNode patch(Class<?> type) {
        var name = type.getSimpleName() + "Patch";
        if (claim(name, type)) {
            var schema = object(
                    name,
                    descriptions.of(type)
                            + " A JSON Merge Patch (RFC 7396): only the fields that change; null removes.");
            new InputRecord(type).components().forEach(component -> properties(schema)
                    .set(component.jsonName(), sent(component, type)));
            schema.put("additionalProperties", false);
            addIgnored(name, type);
        }
        return reference(name);
    }

    /** The schema of a parameter. A parameter that is sent has a value, so it is never empty. */
    public ObjectNode parameter(AnnotatedElement declaration, AnnotatedType type) {
        var schema = types.of(type, (items, element) -> constraints.addTo(items, element, element));
        constraints.addTo(schema, declaration, type);
        if (schema.has("items")) {
            schema.put("minItems", 1);
        } else if (schema.path("type").asString("").equals("string") && !schema.has("enum")) {
            schema.put("minLength", Math.max(1, schema.path("minLength").asInt(1)));
        }
        return schema;
    }

    private ObjectNode complete(String name, Class<?> type) {
        if (claim(name, type)) {
            var schema = object(name, descriptions.of(type));
            var required = schema.putArray("required");
            var input = new InputRecord(type);
            for (var component : input.components()) {
                var property = sent(component, type);
                input.defaultValue(component).ifPresent(value -> property.set("default", json.valueToTree(value)));
                properties(schema).set(component.jsonName(), property);
                if (!component.isOptional()) {
                    required.add(component.jsonName());
                }
            }
            schema.put("additionalProperties", false);
        }
        return reference(name);
    }

    /** Without {@code readOnly}: to OpenAPI that says that a request should not have them. Any value is accepted. */
    private void addIgnored(String name, Class<?> type) {
        var schema = Objects.requireNonNull(named.get(name));
        Arrays.stream(ignored(type)).forEach(field -> properties(schema)
                .putObject(field)
                .put("description", "Ignored. Accepted so that the response to `GET` can be sent back."));
    }

    private static String[] ignored(Class<?> type) {
        var annotation = type.getAnnotation(JsonIgnoreProperties.class);
        return annotation == null ? new String[0] : annotation.value();
    }

    private ObjectNode sent(InputRecord.Component component, Class<?> type) {
        var schema = types.of(component.type(), (items, element) -> constraints.addTo(items, element, element));
        constraints.addTo(schema, component.declaration(), component.type());
        Descriptions.add(schema, descriptions.ofComponents(type).get(component.javaName()));
        return component.isOptional() ? nullable(schema) : schema;
    }

    private ObjectNode returned(RecordComponent component, Map<String, String> described) {
        var schema = types.of(component.getAnnotatedType(), (items, element) -> {});
        if (isId(component)) {
            schema.put("minimum", 1);
        }
        Descriptions.add(schema, described.get(component.getName()));
        var isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return isNullable && !isOmitted(component) ? nullable(schema) : schema;
    }

    private ObjectNode nullable(ObjectNode schema) {
        if (schema.has("type")) {
            var type = schema.get("type");
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        var either = json.createObjectNode();
        var reference = schema.deepCopy();
        var description = reference.remove("description");
        either.putArray("anyOf").add(reference).addObject().put("type", "null");
        return description == null ? either : either.set("description", description);
    }

    private ObjectNode object(String name, String description) {
        var schema = named.computeIfAbsent(name, absent -> json.createObjectNode());
        schema.put("type", "object");
        Descriptions.add(schema, description);
        schema.putObject("properties");
        return schema;
    }

    /** Reserves a name for a record; false where the record has it already. */
    private boolean claim(String name, Class<?> type) {
        var owner = owners.putIfAbsent(name, type);
        if (owner != null && !owner.equals(type)) {
            throw new IllegalStateException("name: " + name + " of " + type + " (expected: not that of " + owner + ")");
        }
        return owner == null;
    }

    private ObjectNode reference(String name) {
        return json.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    private static ObjectNode properties(ObjectNode schema) {
        return (ObjectNode) schema.get("properties");
    }

    private static boolean isId(RecordComponent component) {
        return Set.of(long.class, Long.class).contains(component.getType())
                && component.getName().matches("id|\\w+Id");
    }

    /** Whether the property is absent rather than null. */
    private static boolean isOmitted(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonInclude.class);
    }
}
