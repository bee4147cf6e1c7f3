package kinoteka.catalog.openapi;

import jakarta.validation.Valid;
import java.util.Map;
import java.util.Objects;
import kinoteka.catalog.representation.ETags;
import kinoteka.catalog.security.Access;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client says beside a body: in the path, behind it, and in headers. */
final class Parameters {

    private final JsonMapper json;
    private final Schemas schemas;
    private final Prose prose;

    Parameters(JsonMapper json, Schemas schemas, Prose prose) {
        this.json = json;
        this.schemas = schemas;
        this.prose = prose;
    }

    ArrayNode of(Operation operation) {
        var all = json.createArrayNode();
        var described = prose.ofParameters(operation.declared());
        operation.parameters().forEach(parameter -> add(parameter, described, all));
        if (operation.isConditional()) {
            all.add(conditional("If-Match", "Do it only while one of these is the resource's `ETag`; else 412."));
        } else if (operation.isRead() && !operation.isList() && operation.answersJson()) {
            all.add(conditional("If-None-Match", "`ETag` of what the client has already; 304 where that is still it."));
        }
        return all;
    }

    private void add(MethodParameter parameter, Map<String, String> described, ArrayNode all) {
        var name = Objects.requireNonNull(parameter.getParameterName());
        var path = parameter.getParameterAnnotation(PathVariable.class);
        var query = parameter.getParameterAnnotation(RequestParam.class);
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        if (path != null) {
            all.add(parameter(name, "path", schema(parameter), described.get(name))
                    .put("required", true)
                    .put("example", 1));
        } else if (query != null) {
            var schema = schema(parameter);
            var one = parameter(query.name().isEmpty() ? name : query.name(), "query", schema, described.get(name));
            all.add(schema.has("items") ? one.put("explode", false) : one);
        } else if (header != null && !parameter.getParameterType().equals(HttpHeaders.class)) {
            all.add(parameter(header.name(), "header", schema(parameter), described.get(name)));
        } else if (isMadeOfParameters(parameter)) {
            addComponents(parameter.getParameterType(), all);
        }
    }

    private static boolean isMadeOfParameters(MethodParameter parameter) {
        return parameter.getParameterType().isRecord()
                && parameter.hasParameterAnnotation(Valid.class)
                && !parameter.hasParameterAnnotation(RequestBody.class)
                && !Access.isDeclaredBy(parameter);
    }

    private void addComponents(Class<?> type, ArrayNode all) {
        var input = new Input(type, json);
        var described = prose.ofComponents(type);
        for (int i = 0; i < input.size(); i++) {
            var schema = schemas.of(input.type(i));
            Rules.add(input.declaration(i), input.type(i), schema);
            input.usual(i).ifPresent(usual -> schema.set("default", usual));
            all.add(parameter(input.parameter(i), "query", schema, described.get(input.name(i))));
        }
    }

    private ObjectNode schema(MethodParameter parameter) {
        var declared = parameter.getParameter();
        var schema = schemas.of(declared.getAnnotatedType());
        Rules.add(declared, declared.getAnnotatedType(), schema);
        return schema;
    }

    private ObjectNode conditional(String header, String description) {
        var tags = json.createObjectNode().put("type", "string").put("pattern", ETags.CONDITION);
        return parameter(header, "header", tags, description);
    }

    private ObjectNode parameter(String name, String in, ObjectNode schema, @Nullable String description) {
        var parameter = json.createObjectNode().put("name", name).put("in", in);
        Schemas.describe(parameter, description);
        parameter.set("schema", schema);
        return parameter;
    }
}
