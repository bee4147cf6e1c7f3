package kinoteka.gateway.upstream.netty.connection;

import java.util.function.Consumer;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** One subscription to a response: waits in a pool, is sent on a connection, and ends once. Cancelled by any thread. */
public final class Call {

    private final UpstreamRequest request;
    private final MonoSink<UpstreamResponse> sink;
    private final Consumer<Call> onCancel;
    private final long acquireDeadline;
    private volatile boolean cancelled;
    private volatile @Nullable UpstreamConnection connection;
    private boolean sentAgain;
    private @Nullable UpstreamResponse given;

    /**
     * A new call.
     *
     * @param onCancel what its pool does when it is cancelled
     * @param acquireDeadline when it stops waiting for a connection, of {@link System#nanoTime()}
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

    /** Goes to this connection, whose event loop calls; false when the call has been cancelled. */
    boolean assignTo(UpstreamConnection assigned) {
        connection = assigned;
        return !cancelled; // read after the connection is written: a cancellation sees the connection, or is seen here
    }

    /**
     * Whether the request may be sent a second time, after a connection that had served others was closed before the first byte of a
     * response: its server may have closed it while the request was on its way (RFC 9112, 9.3.1). True once at most.
     */
    boolean maySendAgain() {
        var may = !sentAgain && request.isSafe() && request.body() instanceof UpstreamRequest.Body.Complete;
        sentAgain = true;
        return may;
    }

    void succeed(UpstreamResponse response) {
        given = response;
        sink.success(response);
    }

    /** Releases the body of a response that arrived while the call was cancelled: nobody else does. */
    void discardResponse() {
        if (given instanceof UpstreamResponse.Streamed streamed) {
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
            assigned.giveUp(this);
        }
    }
}
