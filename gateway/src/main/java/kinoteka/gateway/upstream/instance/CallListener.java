package kinoteka.gateway.upstream.instance;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.observability.DefaultSignalListener;

/**
 * Observes one call until the headers of its response arrive, it fails, or it is cancelled. Exactly one of these three is reported, even if
 * it is cancelled on one thread while it ends on another.
 */
public abstract class CallListener extends DefaultSignalListener<UpstreamResponse> {

    private static final AtomicIntegerFieldUpdater<CallListener> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(CallListener.class, "ended");

    volatile int ended; // written by the updater only

    /** The response has arrived; of a streamed one the headers. */
    protected abstract void onResponse(UpstreamResponse response);

    /** The call failed. */
    protected abstract void onFailure(Throwable failure);

    /** The call was cancelled, usually because its client disconnected. */
    protected abstract void onCancelled();

    @Override
    public final void doOnNext(UpstreamResponse response) {
        if (end()) {
            onResponse(response);
        }
    }

    @Override
    public final void doOnError(Throwable failure) {
        if (end()) {
            onFailure(failure);
        }
    }

    @Override
    public final void doOnCancel() {
        if (end()) {
            onCancelled();
        }
    }

    private boolean end() {
        return ENDED.compareAndSet(this, 0, 1);
    }
}
