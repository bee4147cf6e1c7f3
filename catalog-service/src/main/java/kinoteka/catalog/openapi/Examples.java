package kinoteka.catalog.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An example of each schema. Those that are parts of others are written once, and stand in the others' examples too. */
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

    /** Adds to each of these schemas, by name, the example that there is of it. */
    void addTo(ObjectNode schemas) {
        schemas.forEachEntry((name, schema) -> example(name, schemas)
                .ifPresent(example -> ((ObjectNode) schema).putArray("examples").add(example)));
    }

    private Optional<ObjectNode> example(String name, ObjectNode schemas) {
        if (!written.has(name)) {
            return Optional.empty();
        }
        var example = json.createObjectNode();
        schemas.get(name).get("properties").forEachEntry((property, schema) -> {
            var own = written.get(name).get(property);
            if (own != null) {
                example.set(property, own);
            } else {
                part(schema, schemas).ifPresent(part -> example.set(property, part));
            }
        });
        return Optional.of(example);
    }

    /** Of what is described elsewhere: by itself, or null, or in a list. */
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
