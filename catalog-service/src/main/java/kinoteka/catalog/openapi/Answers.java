package kinoteka.catalog.openapi;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.ProblemDetails;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an operation can answer, as its shape says: whether it has an id, a body, a condition, a caller. */
final class Answers {

    private final JsonMapper json;
    private final Schemas schemas;

    Answers(JsonMapper json, Schemas schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    ObjectNode of(Operation operation) {
        var answers = json.createObjectNode();
        for (var status : operation.successes()) {
            answers.set("" + status.value(), success(operation, status));
        }
        if (operation.isRead() && operation.answersJson() && !operation.isList()) {
            var unchanged = answers.putObject("304").put("description", "The client has it already.");
            unchanged.putObject("headers").set(HttpHeaders.ETAG, header("Of what the client has."));
        }
        for (var status : failures(operation)) {
            answers.putObject("" + status.value()).put("$ref", "#/components/responses/" + name(status));
        }
        return answers;
    }

    /** Every failure that can be answered, by its status. */
    ObjectNode problems() {
        var problems = json.createObjectNode();
        var statuses =
                Arrays.stream(Problem.values()).map(Problem::status).collect(Collectors.toCollection(TreeSet::new));
        statuses.forEach(status -> problems.set(name(status), problem(status)));
        return problems;
    }

    private static Set<HttpStatus> failures(Operation operation) {
        // Any parameter can be malformed, any token be invalid, and the database be away.
        var failures = EnumSet.of(
                HttpStatus.BAD_REQUEST,
                HttpStatus.UNAUTHORIZED,
                HttpStatus.NOT_ACCEPTABLE,
                HttpStatus.SERVICE_UNAVAILABLE);
        if (operation.access().needsToken()) {
            failures.add(HttpStatus.FORBIDDEN);
        }
        if (operation.namesAThing()) {
            failures.add(HttpStatus.NOT_FOUND);
        }
        if (operation.isConditional()) {
            failures.add(HttpStatus.PRECONDITION_FAILED);
        }
        if (operation.body().isPresent()) {
            failures.add(HttpStatus.CONTENT_TOO_LARGE);
            failures.add(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
            failures.add(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (operation.body().isPresent() || operation.method() == RequestMethod.DELETE) {
            failures.add(HttpStatus.CONFLICT);
        }
        return failures;
    }

    private ObjectNode success(Operation operation, HttpStatus status) {
        var answer = json.createObjectNode().put("description", description(operation, status));
        if (status == HttpStatus.NO_CONTENT) {
            return answer;
        }
        var headers = answer.putObject("headers");
        if (operation.isList()) {
            headers.set(HttpHeaders.LINK, header("Address of the next page, `rel=\"next\"`; absent on the last."));
        } else if (operation.answersJson()) {
            headers.set(HttpHeaders.ETAG, header("Of this version of the resource, strong."));
        }
        if (operation.method() == RequestMethod.POST) {
            headers.set(HttpHeaders.LOCATION, header("Path of the resource."));
        }
        var content = answer.putObject("content");
        for (var type : operation.produces()) {
            content.putObject(type.toString()).set("schema", schema(operation, type));
        }
        return answer;
    }

    private static String description(Operation operation, HttpStatus status) {
        return switch (status) {
            case CREATED -> "Created, as it is now.";
            case NO_CONTENT -> "Gone.";
            default -> operation.isList() ? "The page, as an array or with an element on each line." : "As it is now.";
        };
    }

    private ObjectNode schema(Operation operation, MediaType type) {
        if (!operation.answersJson()) {
            return json.createObjectNode().put("type", "string");
        }
        var one = schemas.written(operation.answered());
        return operation.isList() && type.equals(MediaType.APPLICATION_JSON)
                ? json.createObjectNode().put("type", "array").set("items", one)
                : one;
    }

    private ObjectNode problem(HttpStatus status) {
        var answer = json.createObjectNode()
                .put(
                        "description",
                        Arrays.stream(Problem.values())
                                .filter(problem -> problem.status() == status)
                                .map(problem -> "`" + problem.type() + "`: " + problem.title() + ".")
                                .collect(Collectors.joining("\n\n")));
        switch (status) {
            case UNAUTHORIZED ->
                answer.putObject("headers").set(HttpHeaders.WWW_AUTHENTICATE, header("What is missing (RFC 6750)."));
            case SERVICE_UNAVAILABLE ->
                answer.putObject("headers")
                        .set(HttpHeaders.RETRY_AFTER, header("Seconds until it is worth another try."));
            default -> {}
        }
        answer.putObject("content")
                .putObject(MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set("schema", schemas.written(ProblemDetails.class));
        return answer;
    }

    private ObjectNode header(String description) {
        var header = json.createObjectNode().put("description", description);
        header.putObject("schema").put("type", "string");
        return header;
    }

    /** As the status is called, in one word. */
    private static String name(HttpStatus status) {
        return status.getReasonPhrase().replace(" ", "");
    }
}
