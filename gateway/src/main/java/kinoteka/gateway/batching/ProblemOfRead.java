package kinoteka.gateway.batching;

import io.netty.handler.codec.http.HttpHeaders;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.tracing.TraceParent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The problem (RFC 9457) with which the catalogue has answered a call for several resources, as it would have answered one of them. */
final class ProblemOfRead {

    private static final JsonMapper JSON = JsonMapper.shared();

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
        var parent = TraceParent.parse(headers.get(TraceParent.HEADER));
        if (parent != null) {
            problem.put("trace_id", parent.traceId());
        }
    }
}
