package kinoteka.gateway.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemBody;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.request.RequestRecords;
import kinoteka.gateway.trace.Trace;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers, and counts, requests that never become an exchange. The connection is to be closed after the answer. */
@Component
class PlainProblems {

    private static final Map<Problem, String> DETAILS = Map.of(
            Problem.REQUEST_MALFORMED, "The request breaks the syntax of HTTP; the connection is closed.",
            Problem.REQUEST_TOO_SLOW, "The headers did not arrive in time; the connection is closed.",
            Problem.BODY_TOO_LARGE, "A request that asks for an upgrade of the protocol has a smaller body, or none.",
            Problem.TARGET_TOO_LONG, "The first line of the request is too long; the connection is closed.",
            Problem.HEADERS_TOO_LARGE, "The headers are too large together; the connection is closed.");

    private final RequestRecords records;
    private final DateField date;

    PlainProblems(RequestRecords records, DateField date) {
        this.records = records;
        this.date = date;
    }

    /** @param request what could be read of the request; null when nothing could */
    FullHttpResponse answer(Channel channel, Problem problem, @Nullable HttpRequest request) {
        var trace = Trace.from(request == null ? List.of() : request.headers().getAll(Trace.TRACEPARENT));
        var underWay = RequestRecord.of(channel);
        if (underWay == null || !underWay.isRejectedByTransport()) {
            var method = request == null ? "" : request.method().name();
            records.rejected("", method, trace, problem.status().value());
        }
        var json = json(problem, request == null ? "" : request.uri(), trace);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.status().value()),
                Unpooled.wrappedBuffer(json));
        response.headers()
                .set(HttpHeaderNames.DATE, date.now())
                .set(HttpHeaderNames.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, json.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    private static byte[] json(Problem problem, String target, Trace trace) {
        return ProblemBody.json(problem, DETAILS.getOrDefault(problem, problem.title()), target, trace.traceId());
    }
}
