package kinoteka.gateway.upstream.netty.connection;

import java.util.function.Consumer;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** A subscription to a response. It may wait in a pool, is sent on a connection, and ends exactly once. Any thread may cancel it. */
public final class Call {

    private final UpstreamRequest request;
    private final MonoSink<UpstreamResponse> sink;
    private final Consumer<Call> onCancel;
    private final long acquireDeadline;
    private volatile boolean cancelled;
    private volatile @Nullable UpstreamConnection connection;
    private boolean resent;
    private @Nullable UpstreamResponse received;

    /**
     * Creates a call.
     *
     * @param onCancel called when the call is cancelled, to remove it from its pool
     * @param acquireDeadline the time, by {@link System#nanoTime()}, until which it may wait for a connection
     */
    public Call(
            UpstreamRequest request, MonoSink<UpstreamResponse> sink, Consumer<Call> onCancel, long acquireDeadline) {
        this.request = request;
        this.sink = sink;
        this.onCancel = onCancel;
        this.acquireDeadline = acquireDeadline;
    }

    UpstreamRequest request() {
        return request;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    public boolean isExpired(long now) {
        return now - acquireDeadline >= 0;
    }

    /** Assigns the call to a connection, on the event loop of that connection. Returns false if the call has been cancelled. */
    boolean assignTo(UpstreamConnection assigned) {
        connection = assigned;
        return !cancelled; // read after the write above: a concurrent cancel() sees the connection, or is seen here
    }

    /**
     * Whether the request may be sent a second time, after a reused connection was closed before the first byte of the response. The server
     * may have closed it before it received the request (RFC 9112, 9.3.1). Returns true at most once.
     */
    boolean tryResend() {
        var may = !resent && request.isSafe() && request.body() instanceof UpstreamRequest.Body.Complete;
        resent = true;
        return may;
    }

    void succeed(UpstreamResponse response) {
        received = response;
        sink.success(response);
    }

    /** Releases the body of a response that arrived while the call was cancelled: nobody else does. */
    void discardResponse() {
        if (received instanceof UpstreamResponse.Streamed streamed) {
            streamed.discard().run();
        }
    }

    public void fail(Throwable failure) {
        sink.error(failure);
    }

    public void cancel() {
        cancelled = true;
        onCancel.accept(this);
        var assigned = connection;
        if (assigned != null) {
            assigned.cancel(this);
        }
    }
}
