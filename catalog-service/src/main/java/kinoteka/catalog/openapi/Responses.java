package kinoteka.catalog.openapi;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kinoteka.catalog.openapi.schema.Schemas;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.ProblemDetails;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Response Objects, which follow from the shape of an operation: its path, body, condition and security. */
final class Responses {

    private final JsonMapper json;
    private final Schemas schemas;

    Responses(JsonMapper json, Schemas schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    ObjectNode of(Operation operation) {
        var responses = json.createObjectNode();
        for (var status : operation.successes()) {
            responses.set("" + status.value(), success(operation, status));
        }
        if (operation.isGet() && operation.returnsResources() && !operation.isList()) {
            var notModified =
                    responses.putObject("304").put("description", "Not modified: the stored version is current.");
            notModified.putObject("headers").set(HttpHeaders.ETAG, header("The entity tag of the stored version."));
        }
        for (var status : failures(operation)) {
            responses.putObject("" + status.value()).put("$ref", "#/components/responses/" + name(status));
        }
        return responses;
    }

    /** The response of every problem, by the name of its status. */
    ObjectNode problems() {
        var problems = json.createObjectNode();
        var statuses =
                Arrays.stream(Problem.values()).map(Problem::status).collect(Collectors.toCollection(TreeSet::new));
        statuses.forEach(status -> problems.set(name(status), problem(status)));
        return problems;
    }

    private static Set<HttpStatus> failures(Operation operation) {
        // Any parameter can be malformed, any token be invalid, and the database be unavailable.
        var failures = EnumSet.of(
                HttpStatus.BAD_REQUEST,
                HttpStatus.UNAUTHORIZED,
                HttpStatus.NOT_ACCEPTABLE,
                HttpStatus.SERVICE_UNAVAILABLE);
        if (operation.access().requiresToken()) {
            failures.add(HttpStatus.FORBIDDEN);
        }
        if (operation.hasPathVariable()) {
            failures.add(HttpStatus.NOT_FOUND);
        }
        if (operation.isConditional()) {
            failures.add(HttpStatus.PRECONDITION_FAILED);
        }
        if (operation.requestBody().isPresent()) {
            failures.add(HttpStatus.CONTENT_TOO_LARGE);
            failures.add(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
            failures.add(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (operation.requestBody().isPresent() || operation.method() == RequestMethod.DELETE) {
            failures.add(HttpStatus.CONFLICT);
        }
        if (operation.isList() || operation.isLimitedByClient()) {
            failures.add(HttpStatus.TOO_MANY_REQUESTS); // each client may have a few at the same time
        }
        return failures;
    }

    private ObjectNode success(Operation operation, HttpStatus status) {
        var response = json.createObjectNode().put("description", description(operation, status));
        if (status == HttpStatus.NO_CONTENT) {
            return response;
        }
        var headers = response.putObject("headers");
        if (operation.isList()) {
            headers.set(
                    HttpHeaders.LINK, header("The address of the next page, `rel=\"next\"`; absent on the last page."));
        } else if (operation.returnsResources()) {
            headers.set(HttpHeaders.ETAG, header("The entity tag of this version, a strong one."));
        }
        if (operation.method() == RequestMethod.POST) {
            headers.set(HttpHeaders.LOCATION, header("The path of the resource."));
        }
        var content = response.putObject("content");
        for (var type : operation.produces()) {
            content.putObject(type.toString()).set("schema", schema(operation, type));
        }
        return response;
    }

    private static String description(Operation operation, HttpStatus status) {
        return switch (status) {
            case CREATED -> "Created.";
            case NO_CONTENT -> "Deleted.";
            default -> {
                if (operation.isList()) {
                    yield "A page of the list: a JSON array, or JSON values on lines of their own.";
                }
                yield operation.returnsResources() ? "The resource." : "A stream of events.";
            }
        };
    }

    private ObjectNode schema(Operation operation, MediaType type) {
        if (!operation.returnsResources()) {
            return event();
        }
        var element = schemas.response(operation.returnedType());
        return operation.isList() && type.equals(MediaType.APPLICATION_JSON)
                ? json.createObjectNode().put("type", "array").set("items", element)
                : element;
    }

    /** One server-sent event; a heartbeat has an id only. */
    private ObjectNode event() {
        var event = json.createObjectNode().put("type", "object");
        var fields = event.putObject("properties");
        fields.putObject("id").put("type", "string");
        fields.putObject("event").put("type", "string");
        fields.putObject("data").put("type", "string").put("contentMediaType", MediaType.APPLICATION_JSON_VALUE);
        return event;
    }

    private ObjectNode problem(HttpStatus status) {
        var response = json.createObjectNode()
                .put(
                        "description",
                        Arrays.stream(Problem.values())
                                .filter(problem -> problem.status() == status)
                                .map(problem -> "`" + problem.type() + "`: " + problem.title() + ".")
                                .collect(Collectors.joining("\n\n")));
        switch (status) {
            case UNAUTHORIZED ->
                response.putObject("headers").set(HttpHeaders.WWW_AUTHENTICATE, header("The challenge of RFC 6750."));
            case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS ->
                response.putObject("headers").set(HttpHeaders.RETRY_AFTER, header("Seconds to wait before a retry."));
            default -> {}
        }
        response.putObject("content")
                .putObject(MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set("schema", schemas.response(ProblemDetails.class));
        return response;
    }

    private ObjectNode header(String description) {
        var header = json.createObjectNode().put("description", description);
        header.putObject("schema").put("type", "string");
        return header;
    }

    /** The reason phrase of a status without spaces, which is its name among the components. */
    private static String name(HttpStatus status) {
        return status.getReasonPhrase().replace(" ", "");
    }
}
