package kinoteka.gateway.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import kinoteka.gateway.request.RequestOrigin;
import kinoteka.gateway.trace.Trace;

/**
 * What a problem and the metrics tell of a request that is rejected before it becomes an exchange. Small, whatever the client
 * has sent.
 *
 * @param method as the client spelled it, {@code ""} if it is not known
 * @param path of the request target, {@code ""} if it is not known
 */
public record RejectedRequest(String method, String path, RequestOrigin origin, Trace trace) {

    private static final int LONGEST_METHOD = 16;
    private static final int LONGEST_PATH = 256;

    /** Returns a description of a request of which nothing could be decoded. */
    public static RejectedRequest unknown(Channel channel) {
        return new RejectedRequest("", "", RequestOrigin.of("", channel), Trace.from(List.of()));
    }

    /** Returns a description of a request that could be decoded at least in part. */
    public static RejectedRequest of(HttpRequest request, Channel channel) {
        return of(
                request.method().name(),
                request.uri(),
                RequestOrigin.of(request.protocolVersion().text(), channel),
                request.headers().getAll(Trace.TRACEPARENT));
    }

    /** Returns a description of a request with this method and target, in the trace that these headers name. */
    public static RejectedRequest of(String method, String target, RequestOrigin origin, List<String> traceparents) {
        return new RejectedRequest(
                method.length() <= LONGEST_METHOD ? method : "", path(target), origin, Trace.from(traceparents));
    }

    private static String path(String target) {
        var query = target.indexOf('?');
        return target.substring(0, Math.min(query < 0 ? target.length() : query, LONGEST_PATH));
    }
}
