package kinoteka.people.library;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the library answered.
 *
 * @param status {@link #NONE} where no answer came
 * @param took from the first byte sent to the last received
 */
public record Answer(int status, HttpHeaders headers, JsonNode body, Duration took) {

    /** The status of an answer that never came. */
    public static final int NONE = 0;

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; *rel=\"next\"");

    /** The last part of the problem's type, such as {@code resource-exists}; empty where there is none. */
    public String problem() {
        return text("type").replaceFirst(".*/", "");
    }

    /** Whether the library refused with this problem. */
    public boolean is(int refusal, String problem) {
        return status == refusal && problem().equals(problem);
    }

    /** A field of the body, empty where it has none. */
    public String text(String field) {
        return body.path(field).asString("");
    }

    /** The id of what the body describes, or 0. */
    public long id() {
        return body.path("id").asLong(0);
    }

    /** Which version of a thing this is; empty where the library does not say. */
    public String tag() {
        return headers.firstValue("ETag").orElse("");
    }

    /** Where the thing stands that was added. */
    public Optional<String> location() {
        return headers.firstValue("Location");
    }

    /** The path of the list's next page. */
    Optional<String> next() {
        return headers.firstValue("Link")
                .map(NEXT::matcher)
                .filter(link -> link.find())
                .map(link -> link.group(1));
    }
}
