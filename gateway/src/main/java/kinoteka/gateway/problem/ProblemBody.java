package kinoteka.gateway.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import tools.jackson.databind.json.JsonMapper;

/**
 * One problem as it goes to the client: the members of RFC 9457 and {@code trace_id}.
 *
 * @param detail what happened to this request, nothing about our insides
 * @param instance the path of the request, without its query and cut to {@value #LONGEST_INSTANCE} characters
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "trace_id"})
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonProperty("trace_id") String traceId) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** Seconds, sent with every problem that passes. */
    public static final String RETRY_AFTER = "1";

    private static final int LONGEST_INSTANCE = 256;
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * The body as bytes in UTF-8.
     *
     * @param target the request target as received; its path becomes the instance
     */
    public static byte[] json(Problem problem, String detail, String target, String traceId) {
        return JSON.writeValueAsBytes(new ProblemBody(
                problem.type(), problem.title(), problem.status().value(), detail, instance(target), traceId));
    }

    private static String instance(String target) {
        var query = target.indexOf('?');
        var end = Math.min(query < 0 ? target.length() : query, LONGEST_INSTANCE);
        return target.substring(0, end);
    }
}
