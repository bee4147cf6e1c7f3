package kinoteka.catalog.body;

import jakarta.validation.Validator;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.JsonExceptionMapper;
import kinoteka.catalog.problem.Problem;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Applies patches and validates the patched resource like a complete one. */
@Component
public class Patches {

    private final JsonMapper json;
    private final Validator validator;

    Patches(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** Returns the patched resource, or fails with the names of the fields that are not valid. */
    @SuppressWarnings("unchecked") // getClass() of a T
    public <T extends Record> T apply(Patch<T> patch, T current) {
        ObjectNode whole = json.valueToTree(current);
        merge(whole, patch.changes());
        try {
            var changed = json.treeToValue(whole, (Class<T>) current.getClass());
            requireValid(changed);
            return changed;
        } catch (JacksonException e) {
            throw JsonExceptionMapper.map(e);
        }
    }

    private static void merge(ObjectNode target, ObjectNode changes) {
        for (var change : changes.properties()) {
            if (change.getValue().isNull()) {
                target.remove(change.getKey());
            } else if (change.getValue() instanceof ObjectNode inner
                    && target.get(change.getKey()) instanceof ObjectNode of) {
                merge(of, inner);
            } else {
                target.set(change.getKey(), withoutNulls(change.getValue()));
            }
        }
    }

    private static JsonNode withoutNulls(JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        var kept = object.objectNode();
        merge(kept, object);
        return kept;
    }

    private void requireValid(Record changed) {
        var errors = validator.validate(changed).stream()
                .map(broken -> InvalidField.named(broken.getPropertyPath().toString(), broken.getMessage()))
                .toList();
        if (!errors.isEmpty()) {
            throw Problem.BODY_INVALID.exception("Fields of the request body are not valid.", errors);
        }
    }
}
