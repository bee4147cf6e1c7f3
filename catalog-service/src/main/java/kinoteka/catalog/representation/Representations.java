package kinoteka.catalog.representation;

import java.util.Arrays;
import java.util.List;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The bytes a resource is written as. */
@Component
public class Representations {

    private final JsonMapper json;

    Representations(JsonMapper json) {
        this.json = json;
    }

    /** As {@code application/json}, or as one line of {@code application/x-ndjson}. */
    byte[] write(Object resource, MediaType type) {
        var content = json.writeValueAsBytes(resource);
        return type.isCompatibleWith(MediaType.APPLICATION_NDJSON) ? withLineFeed(content) : content;
    }

    /**
     * Refuses what a client wants to do to a resource that is no longer what the client saw (RFC 9110, section 13.1.1).
     *
     * @param request its {@code If-Match}, if any, is what the client saw
     * @param current the resource as it is
     */
    public void requireMatch(HttpHeaders request, Object current) {
        var expected = tags(HttpHeaders.IF_MATCH, request);
        if (expected.isEmpty() || expected.contains("*")) {
            return;
        }
        var is = List.of(
                ETags.of(write(current, MediaType.APPLICATION_JSON)),
                ETags.of(write(current, MediaType.APPLICATION_NDJSON)));
        if (expected.stream().noneMatch(is::contains)) {
            throw Problem.PRECONDITION_FAILED.exception("The resource has changed since it was read: read it again.");
        }
    }

    /** The entity tags of a conditional header; none where it is not there, and refused where there is anything else in it. */
    static List<String> tags(String header, HttpHeaders request) {
        var lines = request.getOrEmpty(header);
        return lines.isEmpty()
                ? List.of()
                : ETags.read(String.join(",", lines))
                        .orElseThrow(() -> Problem.PARAMETER_INVALID.exception(
                                "A header is not valid.",
                                List.of(new InvalidField(header, "expected: entity tags in quotes, or *"))));
    }

    private static byte[] withLineFeed(byte[] content) {
        var line = Arrays.copyOf(content, content.length + 1);
        line[content.length] = '\n';
        return line;
    }
}
