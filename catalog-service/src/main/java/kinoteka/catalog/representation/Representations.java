package kinoteka.catalog.representation;

import java.util.Arrays;
import java.util.List;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Serializes single resources, computes their entity tags and evaluates the conditions that name these tags. */
@Component
public class Representations {

    /** Caches other than the gateway's are not told of changes: they must ask each time. */
    static final String FOR_EVERYBODY = "no-cache";

    private final JsonMapper json;

    Representations(JsonMapper json) {
        this.json = json;
    }

    /** Serializes a resource as {@code application/json}, or as one line of {@code application/x-ndjson}. */
    public byte[] write(Object resource, MediaType type) {
        var content = json.writeValueAsBytes(resource);
        return type.isCompatibleWith(MediaType.APPLICATION_NDJSON) ? withLineFeed(content) : content;
    }

    /** Returns the strong entity tag of a resource that is written as these bytes. */
    public String etag(Object resource, byte[] content) {
        return resource instanceof Editable<?> editable ? ETags.of(version(editable), content) : ETags.of(content);
    }

    /** Adds the headers that the response to every public read of a single resource has. */
    public void addReadHeaders(HttpHeaders response) {
        response.add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        response.setCacheControl(FOR_EVERYBODY);
    }

    /**
     * Rejects a request if the client has not seen the current version of the resource (RFC 9110, section 13.1.1). The
     * comparison is strong: a weak tag never matches.
     *
     * @param request its {@code If-Match}, if there is one, lists the entity tags that the client has seen
     */
    public void requireMatch(HttpHeaders request, Editable<?> current) {
        var seen = tags(HttpHeaders.IF_MATCH, request);
        if (seen.isEmpty() || seen.contains("*")) {
            return;
        }
        var version = version(current);
        if (seen.stream().noneMatch(tag -> ETags.hasVersion(tag, version))) {
            throw Problem.PRECONDITION_FAILED.exception("The resource has changed since you read it: read it again.");
        }
    }

    /** Returns the entity tags of a conditional header, none if the request does not have it; rejects a malformed header. */
    static List<String> tags(String header, HttpHeaders request) {
        var lines = request.getOrEmpty(header);
        return lines.isEmpty()
                ? List.of()
                : ETags.parse(String.join(",", lines))
                        .orElseThrow(() -> Problem.PARAMETER_INVALID.exception(
                                "A header is not valid.",
                                List.of(new InvalidField(header, "expected: entity tags in quotes, or *"))));
    }

    private String version(Editable<?> resource) {
        var fields = resource.editableFields();
        return ETags.hash(json.writeValueAsBytes(fields == null ? resource : fields));
    }

    private static byte[] withLineFeed(byte[] content) {
        var line = Arrays.copyOf(content, content.length + 1);
        line[content.length] = '\n';
        return line;
    }
}
