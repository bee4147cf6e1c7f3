package kinoteka.gateway.batching;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Pattern;
import kinoteka.gateway.upstream.UpstreamRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The problem (RFC 9457) with which the catalogue has answered a call for several resources, as it would have answered one of them. */
final class ProblemOfRead {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-.*");

    private ProblemOfRead() {}

    /** Returns the JSON with the path and the trace id of this request; unchanged if it is not that of a problem. */
    static byte[] body(byte[] json, UpstreamRequest request) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode problem) {
                problem.put("instance", request.target());
                setTraceId(problem, request.headers());
                return JSON.writeValueAsBytes(problem);
            }
        } catch (JacksonException notJson) {
            return json;
        }
        return json;
    }

    private static void setTraceId(ObjectNode problem, HttpHeaders headers) {
        var parent = TRACE_PARENT.matcher(headers.get("traceparent", ""));
        if (parent.matches()) {
            problem.put("trace_id", parent.group(1));
        }
    }
}
