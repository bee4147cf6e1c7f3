package kinoteka.gateway.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of a problem: the members of RFC 9457, and {@code trace_id}.
 *
 * @param detail what happened to this request, without internals of the gateway
 * @param instance the path of the request, without its query and shortened to {@value #LONGEST_INSTANCE} characters
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

    /** The value of {@code Retry-After} of a transient problem unless another one is known, in seconds. */
    public static final String RETRY_AFTER = "1";

    private static final int LONGEST_INSTANCE = 256;
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Returns the JSON in UTF-8.
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
