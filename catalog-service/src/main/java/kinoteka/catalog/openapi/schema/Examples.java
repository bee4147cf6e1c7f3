package kinoteka.catalog.openapi.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Examples of the schemas. The example of a schema that others refer to is written once and is part of theirs. */
final class Examples {

    private final JsonMapper json;
    private final JsonNode written;

    Examples(JsonMapper json) {
        this.json = json;
        try (var file = new ClassPathResource("examples.json", Examples.class).getInputStream()) {
            this.written = json.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds its example to each of these schemas, by name. */
    void addTo(ObjectNode schemas) {
        schemas.forEachEntry((name, schema) -> example(name, schemas)
                .ifPresent(example -> ((ObjectNode) schema).putArray("examples").add(example)));
    }

    private Optional<ObjectNode> example(String name, ObjectNode schemas) {
        var values = written.has(name) ? written.get(name) : written.path(name.replaceFirst("^New(.*)$", "$1Edit"));
        if (values.isMissingNode()) {
            return Optional.empty();
        }
        var example = json.createObjectNode();
        schemas.get(name).get("properties").forEachEntry((property, schema) -> {
            var own = values.get(property);
            if (own != null) {
                example.set(property, own);
            } else {
                part(schema, schemas).ifPresent(part -> example.set(property, part));
            }
        });
        return Optional.of(example);
    }

    /** The example of the schema that a property refers to: directly, or as an alternative to null, or as an element. */
    private Optional<JsonNode> part(JsonNode schema, ObjectNode schemas) {
        if (schema.has("items")) {
            return part(schema.get("items"), schemas)
                    .map(part -> json.createArrayNode().add(part));
        }
        var reference = schema.path("anyOf")
                .path(0)
                .path("$ref")
                .asString(schema.path("$ref").asString(""));
        return example(reference.substring(reference.lastIndexOf('/') + 1), schemas)
                .map(JsonNode.class::cast);
    }
}
