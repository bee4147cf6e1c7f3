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

    /** Responds as a call that failed for all of its reads, with the path and the trace of this one. */
    void respondAs(UpstreamResponse.Complete failed) {
        var body = ProblemOfRead.body(failed.body(), request);
        var headers = new DefaultHttpHeaders().add(failed.headers()).set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        succeed(new UpstreamResponse.Complete(failed.status(), headers, failed.instance(), body));
    }

    /**
     * Responds. A body that is still arriving is discarded if nobody waits any more, also if the client left on another thread and this one
     * has not been told yet.
     */
    void succeed(UpstreamResponse response) {
        onCancel = () -> discard(response);
        if (!cancelled) {
            sink.success(response);
        } else {
            discard(response);
        }
    }

    private static void discard(UpstreamResponse response) {
        if (response instanceof UpstreamResponse.Streamed streamed) {
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
