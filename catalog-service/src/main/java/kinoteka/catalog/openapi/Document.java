package kinoteka.catalog.openapi;

import java.time.Year;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.openapi.schema.Descriptions;
import kinoteka.catalog.openapi.schema.Schemas;
import kinoteka.catalog.security.Access;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.RequestMethod;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the OpenAPI document, version 3.1. */
final class Document {

    private static final String ABOUT = """
            An online film library.

            **Reading** films, persons, awards, cinemas, publications, comments, ratings, sessions and public profiles needs no \
            token. `GET` on a single resource returns a strong `ETag`. Lists are divided into pages; `Link` with `rel="next"` has \
            the address of the next page. `HEAD` and `OPTIONS` work wherever `GET` does.

            **Writing** needs a token: `Authorization: Bearer …`. Customers act for themselves, editors maintain the catalogue, \
            administrators also manage the accounts, orders, sessions, comments and ratings of all customers. `PUT` and `PATCH` accept the read-only fields that `GET` returned and ignore them; \
            `POST` rejects them. Unknown fields are rejected. Texts may contain any character except NUL.

            **Parameters** have one value each. Unknown, repeated and empty query parameters are rejected with 400. Numbers are \
            written in decimal digits, without a plus sign and without leading zeros.

            **Errors** are `application/problem+json` (RFC 9457). In addition to the responses listed here the gateway returns \
            404 and 405 for paths and methods that are not in this document, 408, 413, 414 and 431 for requests that are too \
            slow or too large, and 502, 503 and 504 when the service does not respond.""";

    private static final String SECURITY_SCHEME = "bearer";

    private final List<Operation> operations;
    private final JsonMapper json;
    private final Descriptions descriptions;
    private final Schemas schemas;
    private final Parameters parameters;
    private final Responses responses;

    /** @param now the current year, which is the last one that a birthday can have */
    Document(List<Operation> operations, JsonMapper json, Year now) {
        this.operations = operations;
        this.json = json;
        this.descriptions = new Descriptions(json);
        this.schemas = new Schemas(json, descriptions, now);
        this.parameters = new Parameters(json, schemas, descriptions);
        this.responses = new Responses(json, schemas);
    }

    String json() {
        var document = json.createObjectNode().put("openapi", "3.1.1");
        document.putObject("info").put("title", "Kinoteka").put("version", "1").put("description", ABOUT);
        document.putArray("servers").addObject().put("url", "/");
        document.set("tags", tags());
        document.set("paths", paths());
        var components = document.putObject("components");
        components.set("responses", responses.problems());
        components.set("schemas", schemas.all());
        components
                .putObject("securitySchemes")
                .putObject(SECURITY_SCHEME)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT")
                .put(
                        "description",
                        "A JWT of the configured issuer; `sub` is the id of the customer, `roles` lists roles.");
        return json.writeValueAsString(document);
    }

    private ArrayNode tags() {
        var tags = json.createArrayNode();
        operations.stream().map(Operation::tag).distinct().sorted().forEach(name -> tags.addObject()
                .put("name", name)
                .put("description", Tag.of(name).description()));
        return tags;
    }

    private ObjectNode paths() {
        var paths = json.createObjectNode();
        operations.stream()
                .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
                .forEach(operation ->
                        paths.withObject("/" + escaped(operation.path())).set(operation.key(), describe(operation)));
        return paths;
    }

    /** As a JSON Pointer has a name (RFC 6901, section 3). */
    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }

    private ObjectNode describe(Operation operation) {
        var described = json.createObjectNode()
                .put("operationId", operation.id())
                .put("summary", descriptions.summary(operation.declared()));
        described.putArray("tags").add(operation.tag());
        Descriptions.add(described, description(operation));
        described.set("parameters", parameters.of(operation));
        operation.requestBody().ifPresent(body -> {
            var content =
                    described.putObject("requestBody").put("required", true).putObject("content");
            var schema = requestBody(ResolvableType.forMethodParameter(body), operation);
            operation.consumes().forEach(type -> content.putObject(type.toString())
                    .set("schema", schema));
        });
        described.set("responses", responses.of(operation));
        addSecurity(operation.access(), described);
        return described;
    }

    private String description(Operation operation) {
        return Stream.of(
                        operation.isInherited()
                                ? descriptions.of(operation.handler().getBeanType())
                                : "",
                        descriptions.description(operation.declared()),
                        operation.access().description())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** The alternatives; an empty object stands for a request without a token. */
    private static void addSecurity(Access access, ObjectNode operation) {
        if (access == Access.PUBLIC) {
            return;
        }
        var alternatives = operation.putArray("security");
        if (!access.requiresToken()) {
            alternatives.addObject();
        }
        alternatives.addObject().putArray(SECURITY_SCHEME);
    }

    private ObjectNode requestBody(ResolvableType type, Operation operation) {
        if (type.toClass().equals(Patch.class)) {
            return schemas.patch(type.getGeneric().toClass());
        }
        return operation.method() == RequestMethod.POST
                ? schemas.created(type.toClass())
                : schemas.replaced(type.toClass());
    }
}
