package kinoteka.gateway.batching;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import kinoteka.gateway.cache.coherence.TargetIds;
import kinoteka.gateway.cache.store.CacheRequest;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.upstream.UpstreamRequest;
import org.jspecify.annotations.Nullable;

/** Which reads may be combined: those of public resources, without anything that only the catalogue can evaluate. */
final class BatchedReads {

    /** Instead of the id of a resource. */
    static final long NONE = -1;

    private BatchedReads() {}

    /** Returns the id of the resource that is read; {@link #NONE} if the request needs a call of its own. */
    static long id(UpstreamRequest request) {
        return path(request.endpoint()) == null
                        || !request.method().equals(HttpMethod.GET)
                        || request.record().trace() != null // each recorded request has spans of its own
                        || isSampled(request.headers().get(Trace.TRACEPARENT))
                        || request.target().indexOf('?') >= 0
                        || !acceptsJson(request.headers())
                        || CacheRequest.hasCredentials(request.headers())
                        || CacheRequest.hasForeignConditions(request.headers())
                ? NONE
                : TargetIds.find(request.target(), 1);
    }

    /** Returns the path of the catalogue under which several resources of this endpoint are read; null if there is none. */
    static @Nullable String path(Endpoint endpoint) {
        return switch (endpoint) {
            case CUSTOMER -> "/batch/customer";
            case MOVIE -> "/batch/movie";
            case PERSON -> "/batch/person";
            case SESSION -> "/batch/session";
            default -> null;
        };
    }

    /** Whether the client records the request, and the catalogue does so for it: the last digit has the flag (W3C Trace Context, 2.2.3.4). */
    private static boolean isSampled(@Nullable String traceParent) {
        return traceParent != null
                && !traceParent.isEmpty()
                && (Character.digit(traceParent.charAt(traceParent.length() - 1), 16) & 1) == 1;
    }

    private static boolean acceptsJson(HttpHeaders headers) {
        var accepted = headers.getAll(HttpHeaderNames.ACCEPT);
        return accepted.isEmpty()
                || (accepted.size() == 1
                        && (accepted.getFirst().equals("*/*")
                                || accepted.getFirst().equals("application/json")));
    }
}
