package kinoteka.people.api;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A response of the API, or the failure to get one.
 *
 * @param status the HTTP status; {@link #NO_RESPONSE} if no response was received
 * @param body a missing node if the body is not JSON; if no response was received, its field {@code detail} names the
 *     failure
 * @param duration from sending the request until the body was received completely
 */
public record ApiResponse(int status, HttpHeaders headers, JsonNode body, Duration duration) {

    /** The status of a request to which no response was received. */
    public static final int NO_RESPONSE = 0;

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; *rel=\"next\"");

    /** Returns the last segment of the problem's type URI, such as {@code resource-exists}; empty if there is no type. */
    public String problemType() {
        return text("type").replaceFirst(".*/", "");
    }

    /** Returns whether this is an error response with the given status and problem type. */
    public boolean isProblem(int expectedStatus, String expectedType) {
        return status == expectedStatus && problemType().equals(expectedType);
    }

    /** Returns a field of the body as text; empty if the body does not have it. */
    public String text(String field) {
        return body.path(field).asString("");
    }

    /** Returns the field {@code id} of the body; 0 if the body does not have it. */
    public long id() {
        return body.path("id").asLong(0);
    }

    /** Returns the header {@code ETag}; empty if the response does not have it. */
    public String etag() {
        return headers.firstValue("ETag").orElse("");
    }

    /** Returns the header {@code Location}, which is the path of a created resource. */
    public Optional<String> location() {
        return headers.firstValue("Location");
    }

    /** Returns the path of the list's next page; empty on the last page. */
    Optional<String> nextPage() {
        return headers.firstValue("Link")
                .map(NEXT::matcher)
                .filter(link -> link.find())
                .map(link -> link.group(1));
    }
}
