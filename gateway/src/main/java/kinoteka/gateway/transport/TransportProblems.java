package kinoteka.gateway.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import java.util.Map;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemBody;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.request.RequestRecords;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Counts the requests that are rejected before they become exchanges, and writes the responses to them. */
@Component
public class TransportProblems {

    private static final Map<Problem, String> DETAILS = Map.of(
            Problem.REQUEST_MALFORMED, "The request violates the syntax of HTTP; the connection is closed.",
            Problem.REQUEST_TOO_SLOW, "The headers did not arrive in time; the connection is closed.",
            Problem.TARGET_TOO_LONG, "The request line is too long; the connection is closed.",
            Problem.HEADERS_TOO_LARGE, "The headers are too large in total; the connection is closed.",
            Problem.HTTP_VERSION_NOT_SUPPORTED,
                    "HTTP/1.1, HTTP/1.0 and HTTP/2 are supported; the connection is closed.");

    private final RequestRecords records;
    private final DateHeader date;

    public TransportProblems(RequestRecords records, DateHeader date) {
        this.records = records;
        this.date = date;
    }

    /** Counts a request that never becomes an exchange. */
    public void count(Problem problem, RejectedRequest request) {
        records.rejected("", request.method(), request.origin(), request.trace(), problem);
    }

    /** Makes the exchange that is under way on this channel count with the status of this problem, and its body fail. */
    public void failCurrentExchange(Channel channel, Problem problem) {
        var current = RequestRecord.of(channel);
        if (current != null) {
            current.rejectByTransport(problem);
        }
    }

    /** Returns the response of an HTTP/1.1 connection, which is to be closed after it. */
    public FullHttpResponse http1(Problem problem, RejectedRequest request) {
        var json = json(problem, detail(problem), request);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(problem), Unpooled.wrappedBuffer(json));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, json.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    /** Writes the response to an HTTP/3 request to its stream. The future is complete when it has been passed to QUIC completely. */
    @SuppressWarnings("FutureReturnValueIgnored") // if the headers cannot be written, the body cannot, either
    public ChannelFuture http3(ChannelOutboundInvoker stream, Problem problem, RejectedRequest request) {
        var detail = problem == Problem.HEADERS_TOO_LARGE
                ? "The headers are too large in total."
                : "The request violates the rules of HTTP/3.";
        var json = json(problem, detail, request);
        var headers = new DefaultHttp3Headers()
                .status(status(problem).codeAsText())
                .set(HttpHeaderNames.DATE, date.now())
                .set(HttpHeaderNames.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, json.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("x-content-type-options", "nosniff");
        stream.write(new DefaultHttp3HeadersFrame(headers));
        return stream.writeAndFlush(new DefaultHttp3DataFrame(Unpooled.wrappedBuffer(json)));
    }

    /** Writes the response to an HTTP/2 request. The future is complete when it has been written completely. */
    @SuppressWarnings("FutureReturnValueIgnored") // if the headers cannot be written, the body cannot, either
    public ChannelFuture http2(
            ChannelOutboundInvoker connection, Http2FrameStream stream, Problem problem, RejectedRequest request) {
        var json = json(problem, "The request violates the rules of HTTP/2.", request);
        var headers = new DefaultHttp2Headers()
                .status(status(problem).codeAsText())
                .set(HttpHeaderNames.DATE, date.now())
                .set(HttpHeaderNames.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, json.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("x-content-type-options", "nosniff");
        connection.write(new DefaultHttp2HeadersFrame(headers, false).stream(stream));
        return connection.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(json), true).stream(stream));
    }

    /** Sends the response to a request that Reactor Netty has accepted and that is rejected before the filters. */
    public Mono<Void> send(HttpServerResponse response, Problem problem, String detail, RejectedRequest request) {
        return Mono.defer(() -> {
            count(problem, request);
            return response.status(status(problem))
                    .header("Content-Type", ProblemBody.MEDIA_TYPE)
                    .header("Cache-Control", "no-store")
                    .header("X-Content-Type-Options", "nosniff")
                    .sendByteArray(Mono.just(json(problem, detail, request)))
                    .then();
        });
    }

    /** Returns the detail that tells the client what happened to its request. */
    public static String detail(Problem problem) {
        return DETAILS.getOrDefault(problem, problem.title());
    }

    private static HttpResponseStatus status(Problem problem) {
        return HttpResponseStatus.valueOf(problem.status().value());
    }

    private static byte[] json(Problem problem, String detail, RejectedRequest request) {
        return ProblemBody.json(problem, detail, request.path(), request.trace().traceId());
    }
}
