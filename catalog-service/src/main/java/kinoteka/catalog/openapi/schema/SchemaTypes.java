package kinoteka.catalog.openapi.schema;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Schemas of Java types, without the constraints of the place where they are used. */
final class SchemaTypes {

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
    private final Function<Class<?>, ObjectNode> records;

    /** @param records returns the schema of a record */
    SchemaTypes(JsonMapper json, Function<Class<?>, ObjectNode> records) {
        this.json = json;
        this.records = records;
    }

    /** @param elements adds to the schema of the elements of a collection the constraints of their type */
    ObjectNode of(AnnotatedType type, BiConsumer<ObjectNode, AnnotatedType> elements) {
        var schema = json.createObjectNode();
        var raw = ResolvableType.forType(type.getType()).toClass();
        if (Collection.class.isAssignableFrom(raw)) {
            var element = ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0];
            var items = of(element, elements);
            elements.accept(items, element);
            return schema.put("type", "array").set("items", items);
        }
        if (raw.isRecord()) {
            return records.apply(raw);
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
            throw new IllegalStateException("type: " + type + " (expected: one that has a JSON Schema)");
        }
        schema.put("type", scalar[0]);
        return scalar[1].isEmpty() ? schema : schema.put("format", scalar[1]);
    }
}
