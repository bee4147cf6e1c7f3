package kinoteka.catalog.openapi;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.security.Access;
import org.springframework.core.ResolvableType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Describes what the controllers say, as OpenAPI 3.1. */
final class Description {

    /** What is not below it is the operators' business, or this document. */
    private static final String PUBLIC_PATH = "/api/";

    private static final String ABOUT = """
            An online film library. Single resources have a strong `ETag`; lists have pages, and a `Link` to the next one. \
            `HEAD` and `OPTIONS` are answered wherever `GET` is. Texts may hold anything but NUL. Beside the answers named \
            here the gateway can give 404 and 405 for what is not in this document, 408, 413, 414 and 431 for requests that \
            are too slow or too large, and 502, 503 and 504 where the library does not answer: all of them problems (RFC 9457).""";

    private final Map<RequestMappingInfo, HandlerMethod> controllers;
    private final JsonMapper json;
    private final Prose prose;
    private final Schemas schemas;
    private final Parameters parameters;
    private final Answers answers;

    Description(Map<RequestMappingInfo, HandlerMethod> controllers, JsonMapper json) {
        this.controllers = controllers;
        this.json = json;
        this.prose = new Prose(json);
        this.schemas = new Schemas(json, prose);
        this.parameters = new Parameters(json, schemas, prose);
        this.answers = new Answers(json, schemas);
    }

    /** As JSON. */
    String json() {
        var document = json.createObjectNode().put("openapi", "3.1.1");
        document.putObject("info").put("title", "Kinoteka").put("version", "1").put("description", ABOUT);
        document.putArray("servers").addObject().put("url", "/");
        document.set("paths", paths());
        var components = document.putObject("components");
        components.set("responses", answers.problems());
        components.set("schemas", schemas.all());
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
        return json.writeValueAsString(document);
    }

    private ObjectNode paths() {
        var paths = json.createObjectNode();
        controllers.entrySet().stream()
                .flatMap(mapping -> Operation.of(mapping.getKey(), mapping.getValue()))
                .filter(operation -> operation.path().startsWith(PUBLIC_PATH))
                .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
                .forEach(operation -> path(paths, operation).set(operation.key(), describe(operation)));
        return paths;
    }

    private static ObjectNode path(ObjectNode paths, Operation operation) {
        return paths.has(operation.path())
                ? (ObjectNode) paths.get(operation.path())
                : paths.putObject(operation.path());
    }

    private ObjectNode describe(Operation operation) {
        var described = json.createObjectNode()
                .put("operationId", operation.id())
                .put("summary", prose.summary(operation.declared()));
        described.putArray("tags").add(operation.tag());
        Schemas.describe(described, prose(operation));
        described.set("parameters", parameters.of(operation));
        operation.body().ifPresent(body -> {
            var content =
                    described.putObject("requestBody").put("required", true).putObject("content");
            var type = ResolvableType.forMethodParameter(body);
            operation.consumes().forEach(format -> content.putObject(format.toString())
                    .set("schema", body(type)));
        });
        described.set("responses", answers.of(operation));
        secure(operation, described);
        return described;
    }

    private String prose(Operation operation) {
        return Stream.of(
                        operation.isInherited() ? prose.of(operation.handler().getBeanType()) : "",
                        prose.description(operation.declared()),
                        operation.access().explanation())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private ObjectNode body(ResolvableType type) {
        return type.toClass().equals(Patch.class)
                ? schemas.patch(type.getGeneric().toClass())
                : schemas.read(type.toClass());
    }

    private static void secure(Operation operation, ObjectNode described) {
        if (operation.access() == Access.PUBLIC) {
            return;
        }
        var alternatives = described.putArray("security");
        if (!operation.access().needsToken()) {
            alternatives.addObject();
        }
        alternatives.addObject().putArray("bearer");
    }
}
