package kinoteka.catalog.body;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a patch and checks each of its fields by the rules of that field. This happens before the resource is read, because
 * an invalid body is reported whatever {@code If-Match} says (RFC 9110, section 13.2.1).
 */
final class PatchReader extends ValueDeserializer<Patch<?>> {

    private final Validator validator;
    private final Class<?> target;
    private final Map<String, InputRecord.Component> components;

    /** @param target record that describes the fields; {@code createContextual} replaces it by that of the controller */
    PatchReader(Validator validator, Class<?> target) {
        this.validator = validator;
        this.target = target;
        this.components = target.isRecord()
                ? new InputRecord(target)
                        .components().stream()
                                .collect(Collectors.toMap(InputRecord.Component::jsonName, Function.identity()))
                : Map.of();
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        return new PatchReader(
                validator, context.getContextualType().containedType(0).getRawClass());
    }

    @Override
    public Patch<?> deserialize(JsonParser json, DeserializationContext context) {
        if (!(context.readTree(json) instanceof ObjectNode changes)) {
            return context.reportInputMismatch(this, "The patch is not a JSON object");
        }
        List<InvalidField> errors = new ArrayList<>();
        for (var change : changes.properties()) {
            if (!isIgnored(change.getKey())) {
                var component = components.get(change.getKey());
                if (component == null) {
                    errors.add(new InvalidField(change.getKey(), "expected: no such field"));
                } else {
                    errors.addAll(check(change.getKey(), component, change.getValue(), context));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.BODY_INVALID.exception("Fields of the body are not valid.", errors);
        }
        return new Patch<>(changes);
    }

    private boolean isIgnored(String field) {
        var ignored = target.getAnnotation(JsonIgnoreProperties.class);
        return ignored != null && Arrays.asList(ignored.value()).contains(field);
    }

    private List<InvalidField> check(
            String field, InputRecord.Component component, JsonNode value, DeserializationContext context) {
        if (value.isNull()) {
            return component.isOptional() ? List.of() : List.of(new InvalidField(field, "must not be null"));
        }
        try {
            JavaType type =
                    context.getTypeFactory().constructType(component.type().getType());
            Object read = context.readTreeAsValue(value, type);
            return validator.validateValue(target, component.javaName(), read).stream()
                    .map(broken -> InvalidField.named(broken.getPropertyPath().toString(), broken.getMessage()))
                    .toList();
        } catch (JacksonException e) {
            return List.of(new InvalidField(field, "not of the expected type"));
        }
    }
}
