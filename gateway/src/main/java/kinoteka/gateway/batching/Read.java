package kinoteka.gateway.batching;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import kinoteka.gateway.cache.directive.EntityTags;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.MonoSink;

/** A read that waits for its response. Only used by the event loop of its client. */
final class Read {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final byte[] NO_BODY = {};

    private final UpstreamRequest request;
    private final long id;
    private final MonoSink<UpstreamResponse> sink;
    private Runnable onCancel = () -> {};
    private boolean cancelled;

    /**
     * Creates a read that is not cancelled.
     *
     * @param id of the resource
     * @param sink takes the response, and says when the read is cancelled
     */
    Read(UpstreamRequest request, long id, MonoSink<UpstreamResponse> sink) {
        this.request = request;
        this.id = id;
        this.sink = sink;
    }

    UpstreamRequest request() {
        return request;
    }

    /** The id of the resource. */
    long id() {
        return id;
    }

    /** Whether nobody waits for the response any more. */
    boolean isCancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
        onCancel.run();
    }

    /** Replaces what happens when the read is cancelled. */
    void onCancel(Runnable action) {
        onCancel = action;
    }

    /**
     * Responds with a resource.
     *
     * @param common the headers that all resources of the call have. They are not modified
     */
    void succeed(HttpHeaders common, BatchResponse.Resource resource, String instance) {
        var headers = new DefaultHttpHeaders().add(common).set(HttpHeaderNames.ETAG, resource.etag());
        if (isKnown(resource.etag())) {
            headers.remove(HttpHeaderNames.CONTENT_TYPE);
            succeed(new UpstreamResponse.Complete(NOT_MODIFIED, headers, instance, NO_BODY));
        } else {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, resource.json().length);
            succeed(new UpstreamResponse.Complete(OK, headers, instance, resource.json()));
        }
    }

    /** Responds, unless nobody waits any more: then a body that is still arriving is discarded. */
    void succeed(UpstreamResponse response) {
        if (!cancelled) {
            sink.success(response);
        } else if (response instanceof UpstreamResponse.Streamed streamed) {
            streamed.discard().run();
        }
    }

    void fail(Throwable failure) {
        if (!cancelled) {
            sink.error(failure);
        }
    }

    private boolean isKnown(String etag) {
        var tags = request.headers().getAll(HttpHeaderNames.IF_NONE_MATCH);
        return !tags.isEmpty() && EntityTags.compare(tags, etag) == EntityTags.Result.MATCHES;
    }
}
