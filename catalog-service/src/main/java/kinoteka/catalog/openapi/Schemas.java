package kinoteka.catalog.openapi;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import kinoteka.catalog.problem.InvalidField;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of what is read and written: one for each record, under its name. */
final class Schemas {

    private static final Map<Class<?>, String[]> SCALARS = Map.of(
            long.class, new String[] {"integer", "int64"},
            Long.class, new String[] {"integer", "int64"},
            int.class, new String[] {"integer", "int32"},
            Integer.class, new String[] {"integer", "int32"},
            boolean.class, new String[] {"boolean", ""},
            Boolean.class, new String[] {"boolean", ""},
            BigDecimal.class, new String[] {"number", ""},
            Instant.class, new String[] {"string", "date-time"},
            LocalDate.class, new String[] {"string", "date"},
            UUID.class, new String[] {"string", "uuid"});

    private final JsonMapper json;
    private final Prose prose;
    private final Examples examples;
    private final Map<String, ObjectNode> named = new TreeMap<>();
    private final Map<String, Class<?>> owners = new TreeMap<>();

    Schemas(JsonMapper json, Prose prose) {
        this.json = json;
        this.prose = prose;
        this.examples = new Examples(json);
    }

    /** All that were asked for, by name, with examples. */
    ObjectNode all() {
        var all = json.createObjectNode();
        named.forEach(all::set);
        examples.addTo(all);
        return all;
    }

    /** Of a record as it is answered. */
    ObjectNode written(Class<?> type) {
        if (claim(type.getSimpleName(), type)) {
            var schema = object(type.getSimpleName(), type);
            var required = schema.putArray("required");
            for (var component : type.getRecordComponents()) {
                var name = InvalidField.nameOf(component.getName());
                properties(schema).set(name, written(component, prose.ofComponents(type)));
                if (!isLeftOut(component)) {
                    required.add(name);
                }
            }
        }
        return reference(type.getSimpleName());
    }

    /** Of a record as a body has it. */
    ObjectNode read(Class<?> type) {
        if (claim(type.getSimpleName(), type)) {
            var schema = object(type.getSimpleName(), type);
            var required = schema.putArray("required");
            var input = new Input(type, json);
            for (int i = 0; i < input.size(); i++) {
                var property = read(input, i, prose.ofComponents(type));
                input.usual(i).ifPresent(usual -> property.set("default", usual));
                properties(schema).set(InvalidField.nameOf(input.name(i)), property);
                if (!input.isOptional(i)) {
                    required.add(InvalidField.nameOf(input.name(i)));
                }
            }
            close(schema, type);
        }
        return reference(type.getSimpleName());
    }

    /** Of a JSON Merge Patch to what this record says. */
    ObjectNode patch(Class<?> type) {
        var name = type.getSimpleName() + "Patch";
        if (claim(name, type)) {
            var schema = object(name, type);
            var input = new Input(type, json);
            for (int i = 0; i < input.size(); i++) {
                properties(schema).set(InvalidField.nameOf(input.name(i)), read(input, i, prose.ofComponents(type)));
            }
            close(schema, type);
            describe(schema, prose.of(type) + " Only the fields that change: a JSON Merge Patch (RFC 7396).");
        }
        return reference(name);
    }

    /** Of a component of a record that a client sends. */
    ObjectNode read(Input input, int index, Map<String, String> prose) {
        var schema = of(input.type(index));
        Rules.add(input.declaration(index), input.type(index), schema);
        describe(schema, prose.get(input.name(index)));
        return input.isOptional(index) ? nullable(schema) : schema;
    }

    /** Of a type, with the rules of its elements. */
    ObjectNode of(AnnotatedType type) {
        var schema = json.createObjectNode();
        var raw = raw(type);
        if (Collection.class.isAssignableFrom(raw)) {
            var element = ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0];
            var items = of(element);
            Rules.add(element, element, items);
            return schema.put("type", "array").set("items", items);
        }
        if (raw.isRecord()) {
            return written(raw);
        }
        if (raw.isEnum()) {
            var names = schema.put("type", "string").putArray("enum");
            for (var constant : raw.getEnumConstants()) {
                names.add(constant.toString().toLowerCase(Locale.ROOT));
            }
            return schema;
        }
        if (raw.equals(String.class)) {
            return schema.put("type", "string");
        }
        var scalar = SCALARS.get(raw);
        if (scalar == null) {
            throw new IllegalStateException("type: " + type + " (expected: one that the API's document knows)");
        }
        schema.put("type", scalar[0]);
        return scalar[1].isEmpty() ? schema : schema.put("format", scalar[1]);
    }

    /** With a description, where there is one. */
    static void describe(ObjectNode schema, @Nullable String description) {
        if (description != null && !description.isEmpty()) {
            schema.put("description", description);
        }
    }

    private ObjectNode written(RecordComponent component, Map<String, String> prose) {
        var schema = of(component.getAnnotatedType());
        if (isId(component)) {
            schema.put("minimum", 1);
        }
        describe(schema, prose.get(component.getName()));
        var isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return isNullable && !isLeftOut(component) ? nullable(schema) : schema;
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

    private ObjectNode object(String name, Class<?> type) {
        var schema = named.computeIfAbsent(name, none -> json.createObjectNode());
        schema.put("type", "object");
        describe(schema, prose.of(type));
        schema.putObject("properties");
        return schema;
    }

    /** What it ignores may be there, and nothing else. */
    private static void close(ObjectNode schema, Class<?> type) {
        var ignored = type.getAnnotation(JsonIgnoreProperties.class);
        if (ignored != null) {
            Arrays.stream(ignored.value()).forEach(name -> properties(schema)
                    .putObject(name)
                    .put("description", "Ignored, so that what was read can be sent back.")
                    .put("readOnly", true));
        }
        schema.put("additionalProperties", false);
    }

    /** Whether the name is new. */
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

    /** Whether it is absent rather than null. */
    private static boolean isLeftOut(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonInclude.class);
    }

    private static Class<?> raw(AnnotatedType type) {
        return ResolvableType.forType(type.getType()).toClass();
    }
}
