package kinoteka.gateway.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What happened to a call on its way to the catalogue, for logs and traces. The decorators of {@link Upstream} write it, one after the
 * other. It may be read on any thread.
 */
public final class CallRecord {

    private volatile int attempts;
    private volatile @Nullable FailureReason lastFailure;
    private volatile @Nullable String cacheStatus;

    /** Records that an instance is called. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one attempt after the other
    public void attempted() {
        attempts++;
    }

    /** Records that an attempt failed. */
    public void failed(FailureReason reason) {
        lastFailure = reason;
    }

    /** Records what the cache did with the request, as a value of the metric label {@code result}. */
    public void cacheStatus(String status) {
        cacheStatus = status;
    }

    /** What the cache did with the request; null if the response could not have come from it. */
    public @Nullable String cacheStatus() {
        return cacheStatus;
    }

    /** The number of instances called, each counted as often as it was called; 0 if no call was necessary. */
    public int attempts() {
        return attempts;
    }

    /** Why the last failed attempt failed; null if none did. A later attempt may have succeeded. */
    public @Nullable FailureReason lastFailure() {
        return lastFailure;
    }
}
